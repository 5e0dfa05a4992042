import { trusted } from 'mongoose';
import type { CalendarDate, ReportingPeriod } from '../shared/reporting-period.ts';
import { toCall } from './follow-up-call-collection.store.ts';
import type { CallCollection, CallDocument } from './follow-up-call-collection.store.ts';
import type { CallTallyInput } from './call-tally.ts';
import type { FollowUpCall } from './follow-up-call.ts';

/** What the reconciler and the scorecard read of all calls, whoever works them. */
export interface CallClosingStore {
  /** Open satisfaction calls by id, after `afterId`, at most `limit`. */
  readonly listOpen: (afterId: string, limit: number) => Promise<readonly FollowUpCall[]>;
  /** Closes open calls whose last day was before `day`; their outcome stays what it is. */
  readonly closeExpired: (day: CalendarDate) => Promise<number>;
  /** The month's calls, one after the other, without anything that names a person. */
  readonly streamMonth: (period: ReportingPeriod, openedBefore: Date) => AsyncIterable<CallTallyInput>;
}

/** The closings of a collection of calls. */
export function createCallClosingStore(calls: CallCollection): CallClosingStore {
  return {
    listOpen: async (afterId, limit) => {
      const found = await calls
        .find({ purpose: 'satisfaction', state: 'open', _id: trusted({ $gt: afterId }) })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<CallDocument[]>();
      return found.map(toCall);
    },
    closeExpired: async (day) => {
      const result = await calls.updateMany(
        { state: 'open', closesOn: trusted({ $lt: day }) },
        { $set: { state: 'closed', claim: null } },
      );
      return result.modifiedCount;
    },
    streamMonth: (period, openedBefore) =>
      calls
        .find({ period, withdrawn: false, openedAt: trusted({ $lt: openedBefore }) })
        .select({
          _id: 0,
          dischargeId: 1,
          departmentCode: 1,
          purpose: 1,
          closesOn: 1,
          refusedAt: 1,
          'attempts.disposition': 1,
          'attempts.startedAt': 1,
          'attempts.recordedAt': 1,
          'attempts.standing.state': 1,
        })
        .lean<CallTallyInput[]>()
        .cursor({ batchSize: 1000 }),
  };
}
