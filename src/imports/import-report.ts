/** What became of a row; `waiting`: its department's name is not mapped yet, so that it is not stored. */
export const rowResults = ['created', 'updated', 'unchanged', 'waiting', 'rejected'] as const;

/** What became of a row. */
export type ImportResult = (typeof rowResults)[number];

/** One fault of a row: the column by its name for people, and what to do. It repeats no value of a patient. */
export interface ImportFault {
  readonly column: string;
  readonly detail: string;
  readonly code: string;
}

/** The answer to one row, numbered as in the spreadsheet. */
export interface ImportRow {
  readonly row: number;
  readonly result: ImportResult;
  readonly errors?: readonly ImportFault[];
  /** What was left out of a row that was taken. */
  readonly warnings?: readonly ImportFault[];
}

/** How many rows ended in each result. */
export type ImportCounts = Readonly<Record<ImportResult, number>>;

/** The answer to an uploaded file. */
export interface ImportReport {
  readonly dryRun: boolean;
  readonly counts: ImportCounts;
  /** Said of the whole file: columns nobody reads, names to map. */
  readonly notes: readonly string[];
  readonly rows: readonly ImportRow[];
}

/** How many rows ended in each result. */
export function countRows(rows: readonly ImportRow[]): ImportCounts {
  const counts = { created: 0, updated: 0, unchanged: 0, waiting: 0, rejected: 0 };
  for (const { result } of rows) counts[result] += 1;
  return counts;
}
