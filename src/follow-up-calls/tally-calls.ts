import type { HospitalTime } from '../shared/hospital-time.ts';
import type { CallClosingStore } from './call-closing.store.ts';
import { createCallCounter } from './call-tally.ts';
import type { DischargeStore } from './discharge.store.ts';
import type { TallyCalls } from './follow-up-call.ts';

/** What tallying needs. */
export interface TallyCallsDeps {
  readonly calls: Pick<CallClosingStore, 'streamMonth'>;
  readonly discharges: Pick<DischargeStore, 'countByDepartment'>;
  readonly time: HospitalTime;
}

/** Counts a month's discharges and calls per department as they stood at the cut-off, in memory that does not grow. */
export function createTallyCalls(deps: TallyCallsDeps): TallyCalls {
  return async (period, cutoffAt) => {
    const counter = createCallCounter(cutoffAt, deps.time);
    for await (const call of deps.calls.streamMonth(period, cutoffAt)) counter.add(call);
    return counter.result(period, await deps.discharges.countByDepartment(period, cutoffAt));
  };
}
