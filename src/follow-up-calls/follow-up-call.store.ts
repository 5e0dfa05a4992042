import { trusted } from 'mongoose';
import type { QueryFilter } from 'mongoose';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { toCall } from './follow-up-call-collection.store.ts';
import type { CallCollection, CallDocument } from './follow-up-call-collection.store.ts';
import type { CallAttempt, CallClaim, CallStanding, FollowUpCall } from './follow-up-call.ts';

/** Which calls a list shows: to be made now, any that are still worked, or done. */
export type CallListState = 'due' | 'open' | 'closed';

/** What a list of calls asks for. */
export interface CallQuery {
  readonly state: CallListState;
  readonly departments: 'all' | readonly string[];
  /** Calls of trial operation, or the others. */
  readonly trial: boolean;
  readonly now: Date;
  readonly today: CalendarDate;
}

/** Where the next page begins: after this call. */
export interface CallPosition {
  readonly nextAttemptAt: Date;
  readonly id: string;
}

/** Follow-up calls for those who make them. */
export interface FollowUpCallStore {
  readonly find: (id: string) => Promise<FollowUpCall | null>;
  /** By next attempt, then id; at most `limit`. */
  readonly list: (
    query: CallQuery,
    after: CallPosition | null,
    limit: number,
  ) => Promise<readonly FollowUpCall[]>;
  readonly count: (query: CallQuery) => Promise<number>;
  /** Gives an open call to one person unless another has it; null when it could not be given. One atomic write. */
  readonly claim: (id: string, claim: CallClaim, now: Date) => Promise<FollowUpCall | null>;
  /** Lengthens the person's own claim while it runs; false when there is none. One atomic write. */
  readonly keepClaim: (id: string, by: string, until: Date, now: Date) => Promise<boolean>;
  /** Ends the person's own claim; nothing happens without one. */
  readonly release: (id: string, by: string) => Promise<void>;
  /**
   * Writes an attempt in place of `seen` + it, the standing it leads to, and ends the claim: one atomic write, refused
   * (false) when the call's attempts are no longer those that were seen, or its person is not to be contacted any more.
   */
  readonly addAttempt: (
    id: string,
    seen: readonly CallAttempt[],
    attempts: readonly CallAttempt[],
    standing: CallStanding,
  ) => Promise<boolean>;
  /** Resolves once everything written to this call before is in the journal. */
  readonly settle: (id: string, now: Date) => Promise<void>;
}

function filterOf({ state, departments, trial, now, today }: CallQuery): QueryFilter<CallDocument> {
  const where: QueryFilter<CallDocument> = {
    purpose: 'satisfaction',
    trial: trial ? true : trusted({ $ne: true }),
  };
  if (departments !== 'all') where.departmentCode = trusted({ $in: [...departments] });
  if (state === 'closed') {
    return { ...where, $or: [{ state: 'closed' }, { closesOn: trusted({ $lt: today }) }] };
  }
  const open = { ...where, state: 'open' as const, closesOn: trusted({ $gte: today }) };
  return state === 'open' ? open : { ...open, nextAttemptAt: trusted({ $lte: now }) };
}

function beyond({ nextAttemptAt, id }: CallPosition): QueryFilter<CallDocument> {
  return {
    $or: [{ nextAttemptAt: trusted({ $gt: nextAttemptAt }) }, { nextAttemptAt, _id: trusted({ $gt: id }) }],
  };
}

/** The calls of a collection. */
export function createFollowUpCallStore(calls: CallCollection): FollowUpCallStore {
  return {
    find: async (id) => {
      const found = await calls.findById(id).lean<CallDocument>();
      return found === null ? null : toCall(found);
    },
    list: async (query, after, limit) => {
      const filter = filterOf(query);
      const found = await calls
        .find(after === null ? filter : { $and: [filter, beyond(after)] })
        .sort({ nextAttemptAt: 1, _id: 1 })
        .limit(limit)
        .lean<CallDocument[]>();
      return found.map(toCall);
    },
    count: (query) => calls.countDocuments(filterOf(query)),
    claim: async (id, claim, now) => {
      const free = [{ claim: null }, { 'claim.by': claim.by }, { 'claim.until': trusted({ $lte: now }) }];
      const claimed = await calls
        .findOneAndUpdate(
          { _id: id, state: 'open', $or: free },
          { $set: { claim } },
          { returnDocument: 'after' },
        )
        .lean<CallDocument>();
      return claimed === null ? null : toCall(claimed);
    },
    keepClaim: async (id, by, until, now) => {
      const running = { state: 'open' as const, 'claim.by': by, 'claim.until': trusted({ $gt: now }) };
      const kept = await calls.updateOne({ _id: id, ...running }, { $set: { 'claim.until': until } });
      return kept.matchedCount === 1;
    },
    release: async (id, by) => {
      await calls.updateOne({ _id: id, 'claim.by': by }, { $set: { claim: null } });
    },
    addAttempt: async (id, seen, attempts, standing) => {
      const last = seen.at(-1);
      const unchanged = last && { [`attempts.${seen.length - 1}.attemptId`]: last.attemptId };
      const result = await calls.updateOne(
        {
          _id: id,
          attempts: trusted({ $size: seen.length }),
          silenced: trusted({ $ne: true }),
          ...unchanged,
        },
        { $set: { attempts: [...attempts], ...standing, claim: null, withdrawn: false } },
      );
      return result.matchedCount === 1;
    },
    settle: async (id, now) => {
      await calls.updateOne({ _id: id }, { $set: { settledAt: now } });
    },
  };
}
