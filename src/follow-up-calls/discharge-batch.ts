import type { FieldError } from '../shared/domain-error.ts';
import { keysOf } from './admission-key.ts';
import type { AdmissionKeys, DischargeRecord, RowFault } from './discharge.ts';
import type { Discharge } from './follow-up-call.ts';

/** What became of one row of a batch. */
export type RowResult = 'created' | 'updated' | 'unchanged' | 'rejected';

/** The answer to one row; it repeats nothing of the row but its place. */
export interface DischargeRowResult {
  readonly index: number;
  readonly result: RowResult;
  /** The satisfaction call of the discharge; absent for a rejected row and for one that is not called. */
  readonly callId?: string;
  readonly errors?: readonly FieldError[];
  /** What was left out of a row that was taken: a number nobody can dial. */
  readonly warnings?: readonly FieldError[];
}

/** The answer to a batch, rows in the order they came. */
export interface DischargeBatchResult {
  readonly results: readonly DischargeRowResult[];
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** One judged row: a discharge to store under its keys, or what is wrong with it. */
export type JudgedRow =
  | {
      readonly index: number;
      readonly discharge: Discharge;
      readonly keys: AdmissionKeys;
      readonly faults: readonly [];
      readonly remarks: readonly RowFault[];
    }
  | {
      readonly index: number;
      readonly discharge: null;
      readonly faults: readonly RowFault[];
      readonly remarks: readonly [];
    };

/** A row that is good. */
export type GoodRow = Extract<JudgedRow, { readonly faults: readonly [] }>;

/** What became of a row once it was stored, or would be: its record as it stands, or its faults. */
export interface StoredRow {
  readonly index: number;
  readonly result: RowResult;
  readonly record: DischargeRecord | null;
  readonly faults: readonly RowFault[];
  /** What was left out of a row that was taken. */
  readonly remarks: readonly RowFault[];
}

/**
 * Rejects the second and later rows of one admission: which of them is right, only the sender knows. `seen` grows by the keys
 * of the good rows, so that the parts of a large file know each other.
 */
export function rejectRepeats(rows: readonly JudgedRow[], seen: Set<string>): readonly JudgedRow[] {
  return rows.map((row) => {
    if (row.discharge === null) return row;
    const keys = keysOf(row.keys);
    const repeated = keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return repeated ? rejected(row.index, [{ field: keyField(row.discharge), code: 'repeated' }]) : row;
  });
}

/** A row that is not stored, and why. */
export function rejected(index: number, faults: readonly RowFault[]): JudgedRow {
  return { index, discharge: null, faults, remarks: [] };
}

/** The field a fault of the key is shown at. */
export function keyField({ admissionNo }: Discharge): string {
  return admissionNo === undefined ? 'patientNo' : 'admissionNo';
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
