import type { FieldError } from '../shared/domain-error.ts';
import type { DischargeRecord, RowFault } from './discharge.ts';

/** What became of one row of a batch. */
export type RowResult = 'created' | 'updated' | 'unchanged' | 'rejected';

/** The answer to one row; it repeats nothing of the row but its place. */
export interface DischargeRowResult {
  readonly index: number;
  readonly result: RowResult;
  /** The satisfaction call of the discharge; absent for a rejected row and for one that is not called. */
  readonly callId?: string;
  readonly errors?: readonly FieldError[];
}

/** The answer to a batch, rows in the order they came. */
export interface DischargeBatchResult {
  readonly results: readonly DischargeRowResult[];
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** One judged row: a record to store, or what is wrong with it. */
export type JudgedRow =
  | { readonly index: number; readonly record: DischargeRecord; readonly faults: readonly [] }
  | { readonly index: number; readonly record: null; readonly faults: readonly RowFault[] };

/** Rejects the second and later rows of one admission: which of them is right, only the sender knows. */
export function rejectRepeats(rows: readonly JudgedRow[]): readonly JudgedRow[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    if (row.record === null) return row;
    if (seen.has(row.record.id)) {
      return { index: row.index, record: null, faults: [{ field: 'admissionNo', code: 'repeated' }] };
    }
    seen.add(row.record.id);
    return row;
  });
}

/** How many rows ended in each result. */
export function countResults(results: readonly DischargeRowResult[]): DischargeBatchResult {
  const count = (wanted: RowResult): number => results.filter(({ result }) => result === wanted).length;
  return {
    results,
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    rejected: count('rejected'),
  };
}
