import { trusted } from 'mongoose';
import { storedPeriod } from '../operation/trial-period.ts';
import type { CallCollection } from './follow-up-call-collection.store.ts';
import type { FollowUpCall } from './follow-up-call.ts';

/** Opens, corrects and withdraws calls as discharges come in. Every function is safe to repeat. */
export interface CallOpeningStore {
  /** Opens what is not open yet, lets open calls follow a corrected discharge, and reopens withdrawn ones. */
  readonly open: (calls: readonly FollowUpCall[]) => Promise<void>;
  /** Stores calls as they stand, attempts and all, unless they are there already: for calls of the past. */
  readonly insertMissing: (calls: readonly FollowUpCall[]) => Promise<void>;
  /** Closes open calls of discharges that are not to be called; they count nowhere. */
  readonly withdraw: (ids: readonly string[]) => Promise<void>;
  /** Lets calls that are done, such as clinical follow-ups, follow a corrected department or day of their discharge. */
  readonly follow: (
    calls: readonly Pick<FollowUpCall, 'id' | 'departmentCode' | 'dischargedOn'>[],
  ) => Promise<void>;
}

/** Everything of a new call but what attempts and claims may already have changed. */
function followsDischarge({ departmentCode, dischargedOn, dueOn, closesOn }: FollowUpCall): object {
  return { departmentCode, dischargedOn, dueOn, closesOn };
}

function changed({
  departmentCode,
  dischargedOn,
}: Pick<FollowUpCall, 'departmentCode' | 'dischargedOn'>): object {
  return {
    $or: [
      { departmentCode: trusted({ $ne: departmentCode }) },
      { dischargedOn: trusted({ $ne: dischargedOn }) },
    ],
  };
}

async function insertMissing(calls: CallCollection, past: readonly FollowUpCall[]): Promise<void> {
  if (past.length === 0) return;
  await calls.bulkWrite(
    past.map(({ id, ...content }) => {
      const rest = { ...content, period: storedPeriod(content.period, content.trial) };
      return { updateOne: { filter: { _id: id }, update: { $setOnInsert: rest }, upsert: true } };
    }),
    { ordered: false },
  );
}

/** The openings of a collection of calls. */
export function createCallOpeningStore(calls: CallCollection): CallOpeningStore {
  return {
    open: async (openings) => {
      if (openings.length === 0) return;
      await calls.bulkWrite(
        openings.flatMap((call) => {
          const { id, ...content } = call;
          const rest = { ...content, period: storedPeriod(call.period, call.trial) };
          const untried = { _id: id, state: 'open', attempts: trusted({ $size: 0 }) } as const;
          return [
            {
              updateOne: {
                filter: { _id: id, withdrawn: true },
                update: { $set: { state: 'open', withdrawn: false } },
              },
            },
            {
              updateOne: {
                filter: { ...untried, ...changed(call) },
                update: { $set: { nextAttemptAt: call.nextAttemptAt } },
              },
            },
            {
              updateOne: {
                filter: { _id: id, state: 'open', ...changed(call) },
                update: { $set: followsDischarge(call) },
              },
            },
            { updateOne: { filter: { _id: id }, update: { $setOnInsert: rest }, upsert: true } },
          ];
        }),
        { ordered: true },
      );
    },
    insertMissing: async (past) => insertMissing(calls, past),
    withdraw: async (ids) => {
      if (ids.length === 0) return;
      await calls.updateMany(
        { _id: trusted({ $in: [...ids] }), state: 'open' },
        { $set: { state: 'closed', withdrawn: true, claim: null } },
      );
    },
    follow: async (followers) => {
      if (followers.length === 0) return;
      await calls.bulkWrite(
        followers.map((call) => {
          const { id, departmentCode, dischargedOn } = call;
          return {
            updateOne: {
              filter: { _id: id, ...changed(call) },
              update: { $set: { departmentCode, dischargedOn } },
            },
          };
        }),
        { ordered: false },
      );
    },
  };
}
