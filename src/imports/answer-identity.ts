import type { AnswerFileRow } from './answer-rows.ts';

/** What an answer of a file is known by. */
export interface AnswerIdentity {
  readonly submissionId: string;
  /** A row before it in the file has the same number of the older system: which is right, only the sender knows. */
  readonly repeated: boolean;
}

type ListHash = (list: readonly unknown[]) => string;

/** A hash as the version 8 of RFC 9562, which is for hashes of one's own. */
function uuidOf(hash: string): string {
  const parts = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`];
  return [...parts, hash.slice(20, 32)].join('-');
}

/** All a row says in our terms. Cells nobody understood are part of it: they tell it from a row where they are empty. */
function saidBy({ answeredOn, department, comment, answers, unknownOptions }: AnswerFileRow): unknown[] {
  const said: unknown[] = [answeredOn, department, comment, Object.entries(answers)];
  return unknownOptions.length === 0 ? said : [...said, unknownOptions];
}

/**
 * By row number, what each answer is known by: its number in the older system; without one, all it says and how many answers before
 * it in the file say the same. So equal rows of one file are all kept, and the same file again has the same ids. The serial number of
 * a sheet (序号) is no such number: every sheet begins at 1.
 */
export function answerIdentities(
  rows: readonly AnswerFileRow[],
  system: string,
  listHash: ListHash,
): ReadonlyMap<number, AnswerIdentity> {
  const numbers = new Set<string>();
  const before = new Map<string, number>();
  return new Map(
    rows.map((row) => {
      const { number, externalId } = row;
      if (externalId !== '') {
        const repeated = numbers.has(externalId);
        numbers.add(externalId);
        return [number, { submissionId: uuidOf(listHash([system, externalId])), repeated }];
      }
      const said = listHash(saidBy(row));
      const same = before.get(said) ?? 0;
      before.set(said, same + 1);
      return [number, { submissionId: uuidOf(listHash([system, [said, same]])), repeated: false }];
    }),
  );
}
