/** Names a column may have in a file, by our field. */
export type ColumnNames = Readonly<Record<string, readonly string[]>>;

/** Which columns of a file are ours, where they stand, and which are not ours. */
export interface MatchedColumns {
  /** Field → place of its column. */
  readonly places: ReadonlyMap<string, number>;
  /** Names of columns nobody reads, as written, at most forty characters each. */
  readonly ignored: readonly string[];
}

/** A name as it is compared: width, case, blanks, brackets and punctuation do not matter. `住院号 ` and `住院号(*)` are one. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Matches a header, in whatever order; of two columns of one field the first is read. */
export function matchColumns(header: readonly string[], names: ColumnNames): MatchedColumns {
  const fields = new Map(
    Object.entries(names).flatMap(([field, written]) =>
      [field, ...written].map((name) => [plainName(name), field] as const),
    ),
  );
  const places = new Map<string, number>();
  const ignored: string[] = [];
  for (const [place, name] of header.entries()) {
    const field = fields.get(plainName(name));
    if (field !== undefined && !places.has(field)) places.set(field, place);
    else if (name.trim() !== '') ignored.push(name.trim().slice(0, 40));
  }
  return { places, ignored };
}

/** A value as an option of ours, by the labels it may be written with; the value itself when it is none. */
export function optionOf(written: string, labels: ColumnNames): string {
  const plain = plainName(written);
  const found = Object.entries(labels).find(([code, names]) =>
    [code, ...names].some((name) => plainName(name) === plain),
  );
  return found?.[0] ?? written;
}
