import { Schema, trusted } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { readStoredPeriod, storedPeriod } from '../operation/trial-period.ts';
import type { DischargeRecord } from './discharge.ts';

/** Where discharges are kept. No plain name, phone number or admission number ever reaches it. */
export interface DischargeStore {
  /** Stores the ones that are not there yet and gives the ids of those. Safe to repeat and to race. */
  readonly insertMissing: (records: readonly DischargeRecord[]) => Promise<ReadonlySet<string>>;
  readonly findByIds: (ids: readonly string[]) => Promise<readonly DischargeRecord[]>;
  /** Replaces what the hospital may correct; counted day, period and creation stay. */
  readonly correct: (records: readonly DischargeRecord[]) => Promise<void>;
  /** Marks that their calls are opened, corrected or withdrawn as they stand. */
  readonly markSettled: (records: readonly DischargeRecord[]) => Promise<void>;
  /** Discharges written before a moment whose calls were never settled, oldest first, at most `limit`. */
  readonly findUnsettled: (before: Date, limit: number) => Promise<readonly DischargeRecord[]>;
  /** Discharges of a month per department, as registered before the cut-off. */
  readonly countByDepartment: (
    period: ReportingPeriod,
    cutoffAt: Date,
  ) => Promise<ReadonlyMap<string, number>>;
}

type DischargeDocument = Omit<DischargeRecord, 'id'> & { readonly _id: string; readonly settled: boolean };

const required = true;
const schema = new Schema<DischargeDocument>({
  _id: { type: String, required },
  departmentCode: { type: String, required },
  nursingUnit: { type: String, default: null },
  dischargedOn: { type: String, required },
  countedOn: { type: String, required },
  period: { type: String, required },
  trial: { type: Boolean, default: false },
  dischargeWay: { type: String, default: null },
  identity: {
    type: new Schema(
      {
        name: { type: String, required },
        phone: { type: String, required },
        admissionNo: { type: String, required },
      },
      { _id: false },
    ),
    required,
  },
  createdAt: { type: Date, required },
  updatedAt: { type: Date, required },
  settled: { type: Boolean, required },
});
schema.index({ period: 1, departmentCode: 1 });
schema.index({ updatedAt: 1 }, { partialFilterExpression: { settled: false } });

function toRecord({ _id, settled: _settled, ...rest }: DischargeDocument): DischargeRecord {
  return { id: _id, ...rest, ...readStoredPeriod(rest.period) };
}

type DischargeCollection = Model<DischargeDocument>;

function writes(
  discharges: DischargeCollection,
): Pick<DischargeStore, 'insertMissing' | 'correct' | 'markSettled'> {
  return {
    insertMissing: async (records) => {
      if (records.length === 0) return new Set();
      const result = await discharges.bulkWrite(
        records.map(({ id, ...rest }) => ({
          updateOne: {
            filter: { _id: id },
            update: {
              $setOnInsert: { ...rest, period: storedPeriod(rest.period, rest.trial), settled: false },
            },
            upsert: true,
          },
        })),
        { ordered: false },
      );
      return new Set(Object.values(result.upsertedIds).map(String));
    },
    correct: async (records) => {
      if (records.length === 0) return;
      await discharges.bulkWrite(
        records.map(
          ({ id, countedOn: _day, period: _month, trial: _trial, createdAt: _made, ...corrected }) => ({
            updateOne: { filter: { _id: id }, update: { $set: { ...corrected, settled: false } } },
          }),
        ),
        { ordered: false },
      );
    },
    markSettled: async (records) => {
      if (records.length === 0) return;
      await discharges.bulkWrite(
        records.map(({ id, updatedAt }) => ({
          updateOne: { filter: { _id: id, updatedAt, settled: false }, update: { $set: { settled: true } } },
        })),
        { ordered: false },
      );
    },
  };
}

/** The discharges of a database. */
export function createDischargeStore(connection: Connection): DischargeStore {
  const discharges = defineCollection<DischargeDocument>(connection, 'discharges', schema);
  return {
    ...writes(discharges),
    findByIds: async (ids) => {
      const found = await discharges.find({ _id: trusted({ $in: [...ids] }) }).lean<DischargeDocument[]>();
      return found.map(toRecord);
    },
    findUnsettled: async (before, limit) => {
      const found = await discharges
        .find({ settled: false, updatedAt: trusted({ $lt: before }) })
        .sort({ updatedAt: 1 })
        .limit(limit)
        .lean<DischargeDocument[]>();
      return found.map(toRecord);
    },
    countByDepartment: async (period, cutoffAt) => {
      const groups = await discharges.aggregate<{ _id: string; count: number }>([
        { $match: { period, createdAt: { $lt: cutoffAt } } },
        { $group: { _id: '$departmentCode', count: { $sum: 1 } } },
      ]);
      return new Map(groups.map(({ _id, count }) => [_id, count]));
    },
  };
}
