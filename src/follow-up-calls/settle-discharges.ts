import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { CallOpeningStore } from './call-opening.store.ts';
import { opensCall } from './call-rules.ts';
import type { CallRules } from './call-rules.ts';
import type { AttemptFrame } from './next-attempt.ts';
import { callIdOf, openingOf } from './discharge.ts';
import type { DischargeRecord } from './discharge.ts';
import type { DischargeStore } from './discharge.store.ts';

/** What settling needs. */
export interface SettleDischargesDeps {
  readonly discharges: Pick<DischargeStore, 'markSettled'>;
  readonly openings: CallOpeningStore;
  readonly clock: Clock;
  readonly time: HospitalTime;
  readonly rules: CallRules;
  readonly isQuietDay?: AttemptFrame['isQuietDay'];
}

/** Makes the calls of stored discharges what they must be. */
export type SettleDischarges = (records: readonly DischargeRecord[]) => Promise<void>;

/**
 * The second half of registering: opens a satisfaction call per discharge that is called, lets open calls follow a
 * correction, withdraws those of patients who died or are not called, lets clinical follow-ups follow too, then marks the discharges settled. Safe to repeat.
 */
export function createSettleDischarges(deps: SettleDischargesDeps): SettleDischarges {
  return async (records) => {
    const now = deps.clock.now();
    const called = records.filter(({ dischargeWay }) => opensCall(dischargeWay, deps.rules));
    const uncalled = records.filter(({ dischargeWay }) => !opensCall(dischargeWay, deps.rules));
    await deps.openings.open(called.map((record) => openingOf(record, now, deps)));
    await deps.openings.withdraw(uncalled.map(({ id }) => callIdOf('satisfaction', id)));
    await deps.openings.follow(
      records.map(({ id, departmentCode, dischargedOn }) => {
        return { id: callIdOf('clinical', id), departmentCode, dischargedOn };
      }),
    );
    await deps.discharges.markSettled(records);
  };
}
