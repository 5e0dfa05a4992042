import { Schema, trusted } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';

interface Row {
  readonly _id: ReportingPeriod;
  readonly secret: string;
  readonly madeAt: Date;
}

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  secret: { type: String, required: true },
  madeAt: { type: Date, required: true },
});

/** A random secret a month: without it no answer can be traced to its call or link, whatever other keys are known. */
export interface PeriodSecretStore {
  /** The month's secret; the first to ask gives it. After the journal. */
  readonly findOrKeep: (period: ReportingPeriod, fresh: string, now: Date) => Promise<string>;
  /** The first month that has one. */
  readonly oldest: () => Promise<ReportingPeriod | null>;
  readonly countBefore: (period: ReportingPeriod) => Promise<number>;
  /** Destroys the secrets of months before one; gives how many. */
  readonly destroyBefore: (period: ReportingPeriod) => Promise<number>;
}

const before = (period: ReportingPeriod): object => ({ _id: trusted({ $lt: period }) });

/** The collection `periodSecrets`. */
export function createPeriodSecretStore(connection: Connection): PeriodSecretStore {
  const rows = defineCollection<Row>(connection, 'periodSecrets', schema);
  return {
    findOrKeep: async (period, fresh, now) => {
      const known = await rows.findById(period).lean<Row>();
      if (known) return known.secret;
      const kept = await rows
        .findOneAndUpdate(
          { _id: period },
          { $setOnInsert: { secret: fresh, madeAt: now } },
          { upsert: true, returnDocument: 'after', writeConcern: { w: 'majority', j: true } },
        )
        .lean<Row>();
      return kept?.secret ?? fresh;
    },
    oldest: async () => (await rows.findOne({}).sort({ _id: 1 }).lean<Row>())?._id ?? null,
    countBefore: (period) => rows.countDocuments(before(period)),
    destroyBefore: async (period) => (await rows.deleteMany(before(period))).deletedCount,
  };
}
