import { trusted } from 'mongoose';
import { isOnlyDuplicateKeys } from '../database/database-error.ts';
import { storedPeriod } from '../operation/trial-period.ts';
import type { CallCollection, CallDocument } from './follow-up-call-collection.store.ts';
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

type DischargeFacts = Pick<FollowUpCall, 'departmentCode' | 'dischargedOn'>;

function sameDischarge(a: DischargeFacts, b: DischargeFacts): boolean {
  return a.departmentCode === b.departmentCode && a.dischargedOn === b.dischargedOn;
}

/** One insert of many: the engine waits for its journal once and not for each call. Those already there stay as they are. */
async function insertMissing(calls: CallCollection, missing: readonly FollowUpCall[]): Promise<void> {
  if (missing.length === 0) return;
  const documents = missing.map(({ id, ...content }) =>
    Object.assign(content, { _id: id, period: storedPeriod(content.period, content.trial) }),
  );
  try {
    await calls.collection.insertMany(documents as never[], { ordered: false });
  } catch (error) {
    if (!isOnlyDuplicateKeys(error)) throw error;
  }
}

/** Reopens withdrawn calls and lets open ones follow their discharge; every write is safe to repeat. */
async function followOpenings(calls: CallCollection, openings: readonly FollowUpCall[]): Promise<void> {
  if (openings.length === 0) return;
  await calls.bulkWrite(
    openings.flatMap((call) => {
      const { id } = call;
      const untried = { _id: id, state: 'open', attempts: trusted({ $size: 0 }) } as const;
      return [
        {
          updateOne: {
            filter: { _id: id, withdrawn: true },
            update: { $set: { state: 'open', withdrawn: false, silenced: false } },
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
      ];
    }),
    { ordered: true },
  );
}

/** The openings of a collection of calls. */
export function createCallOpeningStore(calls: CallCollection): CallOpeningStore {
  return {
    open: async (openings) => {
      if (openings.length === 0) return;
      const ids = openings.map(({ id }) => id);
      const found = await calls
        .find({ _id: trusted({ $in: ids }) })
        .select({ departmentCode: 1, dischargedOn: 1, withdrawn: 1 })
        .lean<CallDocument[]>();
      const known = new Map(found.map((call) => [call._id, call]));
      await insertMissing(
        calls,
        openings.filter(({ id }) => !known.has(id)),
      );
      // Most calls are new or say what they said: only the others cost a write.
      const different = openings.filter((call) => {
        const before = known.get(call.id);
        return before !== undefined && (before.withdrawn || !sameDischarge(before, call));
      });
      await followOpenings(calls, different);
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
      const found = await calls
        .find({ _id: trusted({ $in: followers.map(({ id }) => id) }) })
        .select({ departmentCode: 1, dischargedOn: 1 })
        .lean<CallDocument[]>();
      const known = new Map(found.map((call) => [call._id, call]));
      const different = followers.filter((call) => {
        const before = known.get(call.id);
        return before !== undefined && !sameDischarge(before, call);
      });
      if (different.length === 0) return;
      await calls.bulkWrite(
        different.map((call) => {
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
