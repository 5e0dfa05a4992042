import { trusted } from 'mongoose';
import type { QueryFilter } from 'mongoose';
import type { CallCollection, CallDocument } from './follow-up-call-collection.store.ts';
import type { FollowUpCall } from './follow-up-call.ts';
import type { Escalation, FlaggedCall, RedFlagOutcome } from './red-flag.ts';

/** A call with what its doctor needs: whom it is about, and the encrypted words of its attempts. */
export type FoundCall = Omit<FlaggedCall, 'attempts'> & Pick<FollowUpCall, 'dischargeId' | 'attempts'>;

/** What doctors do about red flags, kept on the call beside its attempts. */
export interface RedFlagStore {
  /** Calls with a red flag that is not settled, or was settled since `since`. */
  readonly list: (query: {
    readonly departments: 'all' | readonly string[];
    readonly trial: boolean;
    readonly since: Date;
  }) => Promise<readonly FoundCall[]>;
  readonly find: (callId: string) => Promise<FoundCall | null>;
  /** Notes who takes a red flag on that nobody has; false when somebody has it. */
  readonly take: (callId: string, taken: Escalation) => Promise<boolean>;
  /** Gives a red flag to another doctor than `from`; false when it is not theirs any more, or settled. */
  readonly takeOver: (callId: string, taken: Escalation, from: string) => Promise<boolean>;
  /** Notes what came of a red flag that `by` has; false when it is not theirs, or settled. */
  readonly settle: (
    callId: string,
    settled: {
      readonly attemptId: string;
      readonly by: string;
      readonly outcome: RedFlagOutcome;
      readonly at: Date;
    },
  ) => Promise<boolean>;
}

type Found = Pick<CallDocument, '_id' | 'departmentCode' | 'dischargeId' | 'attempts' | 'escalations'>;
const fields = { departmentCode: 1, dischargeId: 1, attempts: 1, escalations: 1 } as const;
const flagged = ({ _id: id, ...rest }: Found): FoundCall => ({ id, ...rest });
const durable = { writeConcern: { w: 'majority', j: true } } as const;

/** As many flags as are settled: then none of the call is open. */
const everySettled = {
  $eq: [
    { $size: { $filter: { input: '$attempts', cond: '$$this.redFlag' } } },
    {
      $size: {
        $filter: { input: { $ifNull: ['$escalations', []] }, cond: { $ne: ['$$this.settledAt', null] } },
      },
    },
  ],
};

const theirs = (attemptId: string, takenBy: string): object =>
  trusted({ $elemMatch: { attemptId, takenBy, settledAt: null } });

/** Red flags of a collection of calls. */
export function createRedFlagStore(calls: CallCollection): RedFlagStore {
  const set = async (filter: QueryFilter<CallDocument>, change: object): Promise<boolean> =>
    (await calls.updateOne(filter, change, durable)).modifiedCount === 1;
  return {
    list: async ({ departments, trial, since }) => {
      const found = await calls.aggregate<Found>([
        {
          $match: {
            'attempts.redFlag': true,
            trial: trial ? true : { $ne: true },
            ...(departments === 'all' ? {} : { departmentCode: { $in: [...departments] } }),
            $or: [{ $expr: { $not: [everySettled] } }, { 'escalations.settledAt': { $gte: since } }],
          },
        },
        { $project: fields },
      ]);
      return found.map(flagged);
    },
    find: async (callId) => {
      const found = await calls.findById(callId, fields).lean<Found>();
      return found && flagged(found);
    },
    take: (callId, taken) =>
      set(
        { _id: callId, 'escalations.attemptId': trusted({ $ne: taken.attemptId }) },
        { $push: { escalations: taken } },
      ),
    takeOver: (callId, taken, from) =>
      set({ _id: callId, escalations: theirs(taken.attemptId, from) }, { $set: { 'escalations.$': taken } }),
    settle: (callId, { attemptId, by, outcome, at }) =>
      set(
        { _id: callId, escalations: theirs(attemptId, by) },
        { $set: { 'escalations.$.outcome': outcome, 'escalations.$.settledAt': at } },
      ),
  };
}
