import type { CallOpeningStore } from './call-opening.store.ts';
import type { DischargeRecord } from './discharge.ts';
import type { DischargeStore } from './discharge.store.ts';
import type { FollowUpCall } from './follow-up-call.ts';

/** What storing needs. */
export interface StorePastCallsDeps {
  readonly discharges: Pick<DischargeStore, 'insertMissing' | 'markSettled'>;
  readonly openings: Pick<CallOpeningStore, 'insertMissing'>;
}

/** Stores discharges whose calls have been made already, and those calls as they stand. */
export type StorePastCalls = (
  records: readonly DischargeRecord[],
  calls: readonly FollowUpCall[],
) => Promise<void>;

/** Discharges first, then their calls, then the mark that both are there; safe to repeat, also after a crash in between. */
export function createStorePastCalls(deps: StorePastCallsDeps): StorePastCalls {
  return async (records, calls) => {
    await deps.discharges.insertMissing(records);
    await deps.openings.insertMissing(calls);
    await deps.discharges.markSettled(records);
  };
}
