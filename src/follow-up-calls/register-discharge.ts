import { DomainError } from '../shared/domain-error.ts';
import type { FieldError } from '../shared/domain-error.ts';
import type { DischargeBatch, RegisterDischarges } from './register-discharges.ts';
import type { DischargeRowResult, RowResult } from './discharge-batch.ts';

/** What became of one discharge. */
export interface RegisteredDischarge {
  readonly result: Exclude<RowResult, 'rejected'>;
  /** Its satisfaction call; null when it is not called. */
  readonly callId: string | null;
  /** What was left out: a number nobody can dial. */
  readonly warnings: readonly FieldError[];
}

/** Registers one discharge. */
export type RegisterDischarge = (
  discharge: unknown,
  by: Omit<DischargeBatch, 'rows'>,
) => Promise<RegisteredDischarge>;

function resultOf({ result, callId, errors = [], warnings = [] }: DischargeRowResult): RegisteredDischarge {
  if (result === 'rejected') {
    throw new DomainError('invalid', 'discharge_invalid', 'The discharge was not registered.', {
      errors: ownOf(errors),
    });
  }
  return { result, callId: callId ?? null, warnings: ownOf(warnings) };
}

/** The faults of the one row, their pointers as its sender sees it. */
function ownOf(faults: readonly FieldError[]): readonly FieldError[] {
  return faults.map((fault) => ({ ...fault, pointer: fault.pointer.replace(/^\/discharges\/0/, '') }));
}

/**
 * Registers a discharge by its admission, as a batch of one does: the same again changes nothing, another text of the same
 * admission corrects it. Throws `discharge_invalid` (invalid) with each fault's pointer.
 */
export function createRegisterDischarge(registerDischarges: RegisterDischarges): RegisterDischarge {
  return async (discharge, by) => {
    const { results } = await registerDischarges({ ...by, rows: [discharge] });
    const [row] = results;
    if (row === undefined) throw new TypeError('A batch of one has one result.');
    return resultOf(row);
  };
}
