import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { CallOpeningStore } from './call-opening.store.ts';
import type { CallSilencingStore } from './call-silencing.store.ts';
import { opensCall } from './call-rules.ts';
import type { CallRules } from './call-rules.ts';
import type { AttemptFrame } from './next-attempt.ts';
import { callIdOf, openingOf } from './discharge.ts';
import type { DischargeRecord } from './discharge.ts';
import type { DischargeStore } from './discharge.store.ts';
import type { PersonConsents } from './person-consents.ts';
import type { SilencePersons } from './silence-person.ts';

/** What settling needs. */
export interface SettleDischargesDeps {
  readonly discharges: Pick<DischargeStore, 'markSettled'>;
  readonly openings: CallOpeningStore;
  readonly silencing: Pick<CallSilencingStore, 'close' | 'closeForPurpose'>;
  readonly forbidding: PersonConsents['forbidding'];
  readonly silenced: SilencePersons['among'];
  readonly followDeaths: SilencePersons['followDeaths'];
  readonly clock: Clock;
  readonly time: HospitalTime;
  readonly rules: CallRules;
  readonly isQuietDay?: AttemptFrame['isQuietDay'];
}

/** Makes the calls of stored discharges what they must be. */
export type SettleDischarges = (records: readonly DischargeRecord[]) => Promise<void>;

/**
 * The second half of registering: opens a satisfaction call per discharge that is called, lets open calls follow a
 * correction, closes those of persons who are not to be contacted or refuse such calls, withdraws those of patients who died,
 * in whichever stay, or are not called, lets clinical follow-ups follow too, then marks the discharges settled. Safe to repeat.
 */
export function createSettleDischarges(deps: SettleDischargesDeps): SettleDischarges {
  return async (records) => {
    const now = deps.clock.now();
    await deps.followDeaths(records);
    const silenced = await deps.silenced(records);
    const isCalled = ({ id, dischargeWay, identity }: DischargeRecord): boolean =>
      opensCall(dischargeWay, deps.rules) && identity !== null && silenced.get(id) !== 'deceased';
    const called = records.filter(isCalled);
    const uncalled = records.filter((record) => record.identity !== null && !isCalled(record));
    await deps.openings.open(called.map((record) => openingOf(record, now, deps)));
    const quiet = called.filter(({ id }) => silenced.has(id)).map(({ id }) => id);
    await deps.silencing.close(quiet, { counted: true, today: deps.time.dateOf(now) });
    const refusing = [...(await deps.forbidding(called, 'satisfaction-call'))];
    const refused = { at: now, today: deps.time.dateOf(now) };
    await deps.silencing.closeForPurpose(refusing, 'satisfaction', refused);
    await deps.openings.withdraw(uncalled.map(({ id }) => callIdOf('satisfaction', id)));
    await deps.openings.follow(
      records.map(({ id, departmentCode, dischargedOn }) => {
        return { id: callIdOf('clinical', id), departmentCode, dischargedOn };
      }),
    );
    await deps.discharges.markSettled(records);
  };
}
