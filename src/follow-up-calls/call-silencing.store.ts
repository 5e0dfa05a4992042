import { trusted } from 'mongoose';
import type { QueryFilter } from 'mongoose';
import { addDays } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { callIdOf } from './discharge.ts';
import { toCall } from './follow-up-call-collection.store.ts';
import type { CallCollection, CallDocument } from './follow-up-call-collection.store.ts';
import type { CallPurpose, FollowUpCall } from './follow-up-call.ts';

/** Ends calls because of the person they are to: deceased, not to be contacted, or erased. */
export interface CallSilencingStore {
  readonly ofDischarges: (dischargeIds: readonly string[]) => Promise<readonly FollowUpCall[]>;
  /** Closes open calls and their claims. `counted`: they stay in the denominators as they stand; else they count nowhere. After the journal. */
  readonly close: (
    dischargeIds: readonly string[],
    how: { readonly counted: boolean; readonly today: CalendarDate },
  ) => Promise<void>;
  /** Closes open calls of one purpose because it is refused: they stay in the denominators, as refusals. After the journal. */
  readonly closeForPurpose: (
    dischargeIds: readonly string[],
    purpose: CallPurpose,
    refused: { readonly at: Date; readonly today: CalendarDate },
  ) => Promise<void>;
  /** Takes notes and fingerprints from the attempts of discharges, and lets no attempt be added any more. Safe to repeat; after the journal. */
  readonly strip: (dischargeIds: readonly string[]) => Promise<void>;
  /** Satisfaction calls that ended with a death since a moment. */
  readonly deceasedSince: (moment: Date) => Promise<readonly FollowUpCall[]>;
  readonly countDetailed: (before: CalendarDate) => Promise<number>;
  readonly oldestDetailed: () => Promise<CalendarDate | null>;
  /** Takes notes and fingerprints from at most `limit` calls to patients discharged before a day. */
  readonly endDetails: (before: CalendarDate, limit: number) => Promise<number>;
}

const durable = { writeConcern: { w: 'majority', j: true } } as const;
const noDetails = { 'attempts.$[].note': null, 'attempts.$[].fingerprint': '' };
/** Every attempt of a nurse has a fingerprint; whatever has a note has one too. */
const detailed = { 'attempts.fingerprint': trusted({ $gt: '' }) };

function callsOf(dischargeIds: readonly string[]): QueryFilter<CallDocument> {
  const ids = dischargeIds.flatMap((id) => [callIdOf('satisfaction', id), callIdOf('clinical', id)]);
  return { _id: trusted({ $in: ids }) };
}

const detailedBefore = (before: CalendarDate): QueryFilter<CallDocument> => ({
  ...detailed,
  dischargedOn: trusted({ $lt: before }),
});

/** The silencing of a collection of calls. */
export function createCallSilencingStore(calls: CallCollection): CallSilencingStore {
  return {
    ofDischarges: async (dischargeIds) => {
      const found = await calls.find(callsOf(dischargeIds)).lean<CallDocument[]>();
      return found.map(toCall);
    },
    close: async (dischargeIds, { counted, today }) => {
      // A call that is counted was over on the day before: it is not shown as one that could still be made.
      const ended = counted ? { closesOn: addDays(today, -1) } : { withdrawn: true };
      await calls.updateMany(
        { ...callsOf(dischargeIds), state: 'open' },
        { $set: { state: 'closed', claim: null, silenced: true, ...ended } },
        durable,
      );
    },
    closeForPurpose: async (dischargeIds, purpose, { at, today }) => {
      const ids = dischargeIds.map((id) => callIdOf(purpose, id));
      const ended = { state: 'closed' as const, claim: null, silenced: true, closesOn: addDays(today, -1) };
      await calls.updateMany(
        { _id: trusted({ $in: ids }), state: 'open' },
        { $set: { ...ended, refusedAt: at } },
        durable,
      );
    },
    strip: async (dischargeIds) => {
      await calls.updateMany(callsOf(dischargeIds), { $set: { silenced: true } }, durable);
      await calls.updateMany(callsOf(dischargeIds), { $set: noDetails }, durable);
    },
    deceasedSince: async (moment) => {
      const found = await calls
        .find({
          purpose: 'satisfaction',
          state: 'closed',
          nextAttemptAt: trusted({ $gte: moment }),
          outcome: 'deceased',
        })
        .lean<CallDocument[]>();
      return found.map(toCall);
    },
    countDetailed: (before) => calls.countDocuments(detailedBefore(before)),
    oldestDetailed: async () => {
      const found = await calls.findOne(detailed).sort({ dischargedOn: 1 }).lean<CallDocument>();
      return found?.dischargedOn ?? null;
    },
    endDetails: async (before, limit) => {
      const found = await calls
        .find(detailedBefore(before))
        .select({ _id: 1 })
        .limit(limit)
        .lean<CallDocument[]>();
      const ids = found.map(({ _id }) => _id);
      const result = await calls.updateMany({ _id: trusted({ $in: ids }) }, { $set: noDetails }, durable);
      return result.modifiedCount;
    },
  };
}
