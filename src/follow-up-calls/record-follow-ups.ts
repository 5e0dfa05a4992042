import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { ClinicalFollowUpStore } from './clinical-follow-up.store.ts';
import { clinicalFollowUpOf, followUpIdOf } from './clinical-follow-up.ts';
import type { DischargeRecord } from './discharge.ts';
import type { Discharge } from './follow-up-call.ts';

/** What recording clinical follow-ups needs. */
export interface RecordFollowUpsDeps {
  readonly followUps: ClinicalFollowUpStore;
  readonly clock: Clock;
  readonly time: HospitalTime;
}

/** A stored discharge and what its row said. */
export interface FollowedUpRow {
  readonly index: number;
  readonly record: DischargeRecord;
  readonly discharge: Pick<Discharge, 'followUpWay' | 'followedUpOn'>;
}

/** Records the follow-ups that rows tell of; gives the indexes of the rows whose follow-up was not known before. */
export type RecordFollowUps = (
  rows: readonly FollowedUpRow[],
  options: { readonly dryRun: boolean; readonly actor: string },
) => Promise<ReadonlySet<number>>;

/**
 * Records clinical follow-ups (随访) beside the satisfaction calls: the same way on the same day of one admission is one
 * follow-up, however often it is told. Safe to repeat; a dry run only says which are new.
 */
export function createRecordFollowUps(deps: RecordFollowUpsDeps): RecordFollowUps {
  return async (rows, { dryRun, actor }) => {
    const told = rows.flatMap(({ index, record, discharge: { followUpWay: way, followedUpOn: on } }) =>
      way === undefined || on === undefined ? [] : [{ index, record, followUp: { way, on } }],
    );
    if (told.length === 0) return new Set();
    const known = await deps.followUps.known(told.map(({ record }) => record.id));
    const fresh = told.filter(({ record, followUp }) => !known.get(record.id)?.has(followUpIdOf(followUp)));
    const now = deps.clock.now();
    if (!dryRun) {
      await deps.followUps.record(
        fresh.map(({ record, followUp }) =>
          clinicalFollowUpOf(record, followUp, { by: actor, now, time: deps.time }),
        ),
      );
    }
    return new Set(fresh.map(({ index }) => index));
  };
}
