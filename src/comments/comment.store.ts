import { Schema, trusted } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { CommentDecision } from './comment.ts';

/** Decisions about comments, one for each comment that was decided. */
export interface CommentDecisionStore {
  readonly find: (ids: readonly string[]) => Promise<readonly CommentDecision[]>;
  /** Stores a decision in place of the one before it; false when somebody has decided meanwhile. One atomic write. */
  readonly decide: (decision: CommentDecision) => Promise<boolean>;
  readonly listReleased: (
    period: ReportingPeriod,
    departmentCode: string,
  ) => Promise<readonly CommentDecision[]>;
  /** By id, after one; at most `limit`. */
  readonly listAfter: (id: string, limit: number) => Promise<readonly CommentDecision[]>;
  readonly erase: (ids: readonly string[]) => Promise<number>;
}

type Row = Omit<CommentDecision, 'id'> & { readonly _id: string };

const required = true;
const schema = new Schema<Row>({
  _id: { type: String, required },
  departmentCode: { type: String, required },
  period: { type: String, required },
  patientGroup: { type: String, required },
  kind: { type: String, required },
  state: { type: String, required },
  text: { type: String, default: null },
  reason: { type: String, default: null },
  wordsHash: { type: String, required },
  revision: { type: Number, required },
  decidedBy: { type: String, required },
  decidedAt: { type: Date, required },
});
schema.index({ period: 1, departmentCode: 1, state: 1 });

const decisionOf = ({ _id: id, ...rest }: Row): CommentDecision => ({ id, ...rest });
const durable = { writeConcern: { w: 'majority', j: true } } as const;

/** The collection `commentDecisions`. */
export function createCommentDecisionStore(connection: Connection): CommentDecisionStore {
  const rows = defineCollection<Row>(connection, 'commentDecisions', schema);
  return {
    find: async (ids) => {
      if (ids.length === 0) return [];
      return (await rows.find({ _id: trusted({ $in: [...ids] }) }).lean<Row[]>()).map(decisionOf);
    },
    decide: async ({ id, ...decision }) => {
      if (decision.revision > 1) {
        const before = { _id: id, revision: decision.revision - 1 };
        return (await rows.updateOne(before, { $set: decision }, durable)).modifiedCount === 1;
      }
      try {
        await rows.collection.insertOne({ ...decision, _id: id as never }, durable);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    listReleased: async (period, departmentCode) => {
      const found = await rows
        .find({ period, departmentCode, state: 'released' })
        .sort({ _id: 1 })
        .lean<Row[]>();
      return found.map(decisionOf);
    },
    listAfter: async (id, limit) => {
      const found = await rows
        .find({ _id: trusted({ $gt: id }) })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<Row[]>();
      return found.map(decisionOf);
    },
    erase: async (ids) => (await rows.deleteMany({ _id: trusted({ $in: [...ids] }) })).deletedCount,
  };
}
