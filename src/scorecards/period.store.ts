import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { PeriodRecord } from './scorecard.ts';

interface ClosingDocument {
  readonly _id: string;
  readonly cutoffAt: Date;
}

type PeriodDocument = PeriodRecord & { readonly _id: string };

/** Which months are closed, and with which cut-off. */
export interface PeriodStore {
  /** Fixes the cut-off of a revision before anything is counted; the first one stands for every instance and every retry. */
  readonly fixCutoff: (period: ReportingPeriod, revision: number, cutoffAt: Date) => Promise<Date>;
  /** Makes the revision exist; when it exists already, gives the one that stands. */
  readonly record: (record: PeriodRecord) => Promise<PeriodRecord>;
  /** The newest revision of a month, or null while it is open. */
  readonly latest: (period: ReportingPeriod) => Promise<PeriodRecord | null>;
  /** One revision, or null when it was never recorded. */
  readonly find: (period: ReportingPeriod, revision: number) => Promise<PeriodRecord | null>;
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
  departmentCodes: { type: [String], required: true },
  contentHash: { type: String, required: true },
});
periodSchema.index({ period: 1, revision: 1 }, { unique: true });

/** The collections `periodClosings` (cut-offs) and `reportingPeriods` (closed revisions). */
export function createPeriodStore(connection: Connection): PeriodStore {
  const closings = defineCollection(
    connection,
    'periodClosings',
    new Schema<ClosingDocument>({
      _id: { type: String, required: true },
      cutoffAt: { type: Date, required: true },
    }),
  );
  const periods = defineCollection(connection, 'reportingPeriods', periodSchema);
  const latest = async (period: ReportingPeriod): Promise<PeriodRecord | null> => {
    const found = await periods.findOne({ period }).sort({ revision: -1 }).lean<PeriodDocument>();
    return found ? withoutId(found) : null;
  };
  return {
    latest,
    find: async (period, revision) => {
      const found = await periods.findById(idOf(period, revision)).lean<PeriodDocument>();
      return found ? withoutId(found) : null;
    },
    fixCutoff: async (period, revision, cutoffAt) => {
      const _id = idOf(period, revision);
      try {
        await closings.create({ _id, cutoffAt });
        return cutoffAt;
      } catch (error) {
        const standing = isDuplicateKey(error) ? await closings.findById(_id).lean<ClosingDocument>() : null;
        if (!standing) throw error;
        return standing.cutoffAt;
      }
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
