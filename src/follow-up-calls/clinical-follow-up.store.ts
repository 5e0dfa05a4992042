import { trusted } from 'mongoose';
import { storedPeriod } from '../operation/trial-period.ts';
import { callIdOf } from './discharge.ts';
import type { CallCollection, CallDocument } from './follow-up-call-collection.store.ts';
import type { CallAttempt, FollowUpCall } from './follow-up-call.ts';

/** Clinical follow-ups (随访): one call a discharge, an attempt for each follow-up. */
export interface ClinicalFollowUpStore {
  /** Ids of the follow-ups of some discharges, by discharge. */
  readonly known: (
    dischargeIds: readonly string[],
  ) => Promise<ReadonlyMap<string, ReadonlySet<CallAttempt['attemptId']>>>;
  /** Adds follow-ups, each with one attempt; one that is there already stays as it is. Safe to repeat and to race. */
  readonly record: (followUps: readonly FollowUpCall[]) => Promise<void>;
}

/** The clinical follow-ups of a collection of calls. */
export function createClinicalFollowUpStore(calls: CallCollection): ClinicalFollowUpStore {
  return {
    known: async (dischargeIds) => {
      const ids = dischargeIds.map((id) => callIdOf('clinical', id));
      const found = await calls
        .find({ _id: trusted({ $in: ids }) })
        .select({ dischargeId: 1, 'attempts.attemptId': 1 })
        .lean<CallDocument[]>();
      return new Map(
        found.map(({ dischargeId, attempts }) => [
          dischargeId,
          new Set(attempts.map(({ attemptId }) => attemptId)),
        ]),
      );
    },
    record: async (followUps) => {
      if (followUps.length === 0) return;
      await calls.bulkWrite(
        followUps.flatMap(({ id, attempts, ...rest }) => [
          {
            updateOne: {
              filter: { _id: id },
              update: {
                $setOnInsert: { ...rest, period: storedPeriod(rest.period, rest.trial), attempts: [] },
              },
              upsert: true,
            },
          },
          ...attempts.map((attempt) => ({
            updateOne: {
              filter: { _id: id, 'attempts.attemptId': trusted({ $ne: attempt.attemptId }) },
              update: { $push: { attempts: attempt } },
            },
          })),
        ]),
        { ordered: true },
      );
    },
  };
}
