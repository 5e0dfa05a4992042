import type { Connection, Model } from 'mongoose';
import { Schema, trusted } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { PeriodRecord, RevisionPlan } from './scorecard.ts';

type ClosingDocument = { readonly _id: string; readonly cutoffAt: Date } & Partial<RevisionPlan>;

type PeriodDocument = PeriodRecord & { readonly _id: string };

/** Which months are closed, and with which cut-off. */
export interface PeriodStore {
  /** Fixes the cut-off of a revision before anything is counted; the first one stands for every instance and every retry. */
  readonly fixCutoff: (period: ReportingPeriod, revision: number, cutoffAt: Date) => Promise<Date>;
  /** Fixes cut-off and reason of a later revision before anything is counted; gives the plan that stands. */
  readonly planRevision: (plan: RevisionPlan) => Promise<RevisionPlan>;
  /** Planned revisions without a record: somebody's process ended in between. */
  readonly unfinishedRevisions: () => Promise<readonly RevisionPlan[]>;
  /** Makes the revision exist; when it exists already, gives the one that stands. */
  readonly record: (record: PeriodRecord) => Promise<PeriodRecord>;
  /** The newest revision of a month, or null while it is open. */
  readonly latest: (period: ReportingPeriod) => Promise<PeriodRecord | null>;
  /** One revision, or null when it was never recorded. */
  readonly find: (period: ReportingPeriod, revision: number) => Promise<PeriodRecord | null>;
  /** Every revision of a month, oldest first. */
  readonly revisions: (period: ReportingPeriod) => Promise<readonly PeriodRecord[]>;
  /** Every revision of some months, by month and revision. */
  readonly ofMonths: (months: readonly ReportingPeriod[]) => Promise<readonly PeriodRecord[]>;
  /** Revisions from the second on that were made at or after a moment. */
  readonly revisedSince: (moment: Date) => Promise<readonly PeriodRecord[]>;
  /** Newest first, at most `limit`. */
  readonly list: (limit: number) => Promise<readonly PeriodRecord[]>;
}

const idOf = (period: ReportingPeriod, revision: number): string => `${period}:r${revision}`;

const withoutId = ({ _id, ...record }: PeriodDocument): PeriodRecord => record;

const periodSchema = new Schema<PeriodDocument>({
  _id: { type: String, required: true },
  period: { type: String, required: true },
  revision: { type: Number, required: true },
  cutoffAt: { type: Date, required: true },
  closedAt: { type: Date, required: true },
  closedBy: { type: String, required: true },
  reason: { type: String },
  departmentCodes: { type: [String], required: true },
  contentHash: { type: String, required: true },
});
periodSchema.index({ period: 1, revision: 1 }, { unique: true });

const closingSchema = new Schema<ClosingDocument>({
  _id: { type: String, required: true },
  cutoffAt: { type: Date, required: true },
  period: { type: String },
  revision: { type: Number },
  reason: { type: String },
  requestedBy: { type: String },
});

function planOf({ cutoffAt, period, revision, reason, requestedBy }: ClosingDocument): RevisionPlan | null {
  if (!period || !revision || reason === undefined || !requestedBy) return null;
  return { cutoffAt, period, revision, reason, requestedBy };
}

async function fixed(closings: Model<ClosingDocument>, document: ClosingDocument): Promise<ClosingDocument> {
  try {
    await closings.create(document);
    return document;
  } catch (error) {
    const standing = isDuplicateKey(error)
      ? await closings.findById(document._id).lean<ClosingDocument>()
      : null;
    if (!standing) throw error;
    return standing;
  }
}

type Closings = Pick<PeriodStore, 'fixCutoff' | 'planRevision' | 'unfinishedRevisions'>;

function closingsOf(closings: Model<ClosingDocument>, periods: Model<PeriodDocument>): Closings {
  return {
    fixCutoff: async (period, revision, cutoffAt) =>
      (await fixed(closings, { _id: idOf(period, revision), cutoffAt })).cutoffAt,
    planRevision: async (plan) =>
      planOf(await fixed(closings, { _id: idOf(plan.period, plan.revision), ...plan })) ?? plan,
    unfinishedRevisions: async () => {
      const planned = await closings
        .find({ revision: trusted({ $gt: 1 }) })
        .sort({ _id: 1 })
        .lean<ClosingDocument[]>();
      const ids = planned.map(({ _id }) => _id);
      const recorded = await periods
        .find({ _id: trusted({ $in: ids }) })
        .select({ _id: 1 })
        .lean<{ _id: string }[]>();
      const done = new Set(recorded.map(({ _id }) => _id));
      return planned.flatMap((one) => (done.has(one._id) ? [] : (planOf(one) ?? [])));
    },
  };
}

/** The collections `periodClosings` (cut-offs) and `reportingPeriods` (closed revisions). */
export function createPeriodStore(connection: Connection): PeriodStore {
  const closings = defineCollection<ClosingDocument>(connection, 'periodClosings', closingSchema);
  const periods = defineCollection(connection, 'reportingPeriods', periodSchema);
  const latest = async (period: ReportingPeriod): Promise<PeriodRecord | null> => {
    const found = await periods.findOne({ period }).sort({ revision: -1 }).lean<PeriodDocument>();
    return found ? withoutId(found) : null;
  };
  return {
    ...closingsOf(closings, periods),
    latest,
    find: async (period, revision) => {
      const found = await periods.findById(idOf(period, revision)).lean<PeriodDocument>();
      return found ? withoutId(found) : null;
    },
    record: async (record) => {
      try {
        await periods.create({ _id: idOf(record.period, record.revision), ...record });
        return record;
      } catch (error) {
        const standing = isDuplicateKey(error) ? await latest(record.period) : null;
        if (!standing) throw error;
        return standing;
      }
    },
    revisions: async (period) => {
      const found = await periods.find({ period }).sort({ revision: 1 }).lean<PeriodDocument[]>();
      return found.map(withoutId);
    },
    ofMonths: async (months) => {
      const found = await periods
        .find({ period: trusted({ $in: [...months] }) })
        .sort({ period: 1, revision: 1 })
        .lean<PeriodDocument[]>();
      return found.map(withoutId);
    },
    revisedSince: async (moment) => {
      const found = await periods
        .find({ revision: trusted({ $gt: 1 }), closedAt: trusted({ $gte: moment }) })
        .sort({ _id: 1 })
        .lean<PeriodDocument[]>();
      return found.map(withoutId);
    },
    list: async (limit) => {
      const found = await periods
        .find()
        .sort({ period: -1, revision: -1 })
        .limit(limit)
        .lean<PeriodDocument[]>();
      return found.map(withoutId);
    },
  };
}
