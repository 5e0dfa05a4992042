import { mongo, Schema, trusted } from 'mongoose';
import type { Connection, Model, QueryFilter } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isOnlyDuplicateKeys } from '../database/database-error.ts';
import { groupBy } from '../shared/group-by.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { readStoredPeriod, storedPeriod, trialPrefix } from '../operation/trial-period.ts';
import type { AdmissionKeys, DischargeRecord, SealedIdentity } from './discharge.ts';
import { noPersonKeys } from './person-key.ts';
import type { PersonKeys } from './person-key.ts';

/** Where discharges are kept. No plain name, phone number or admission number ever reaches it. */
export interface DischargeStore {
  /**
   * Stores the ones that are not there yet and gives the ids of those; one whose admission another process has just stored, under
   * whichever key, is left out. Safe to repeat and to race.
   */
  readonly insertMissing: (records: readonly DischargeRecord[]) => Promise<ReadonlySet<string>>;
  readonly findByIds: (ids: readonly string[]) => Promise<readonly DischargeRecord[]>;
  /** Every record that one of the keys belongs to. */
  readonly findByKeys: (keys: readonly AdmissionKeys[]) => Promise<readonly DischargeRecord[]>;
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
  /** The first month with a discharge that counts, or null. */
  readonly firstPeriod: () => Promise<ReportingPeriod | null>;
}

/** A discharge as it lies in `discharges`. */
export type DischargeDocument = Omit<DischargeRecord, 'id' | 'personKeys'> & {
  readonly _id: string;
  readonly settled: boolean;
  /** Absent from discharges of before persons were looked for. */
  readonly personKeys?: PersonKeys | null;
};

const required = true;
const optional = { type: String, default: null } as const;
const schema = new Schema<DischargeDocument>({
  _id: { type: String, required },
  keys: {
    type: new Schema<AdmissionKeys>({ admission: optional, visit: optional }, { _id: false }),
    required,
  },
  departmentCode: { type: String, required },
  nursingUnit: { type: String, default: null },
  dischargedOn: { type: String, required },
  countedOn: { type: String, required },
  period: { type: String, required },
  trial: { type: Boolean, default: false },
  dischargeWay: { type: String, default: null },
  doctor: optional,
  nurse: optional,
  identity: {
    type: new Schema<SealedIdentity>(
      {
        name: { type: String, required },
        phone: optional,
        contactPhone: optional,
        admissionNo: optional,
        patientNo: optional,
      },
      { _id: false },
    ),
    default: null,
  },
  personKeys: {
    type: new Schema<PersonKeys>({ phones: [String], persons: [String] }, { _id: false }),
    default: null,
  },
  createdAt: { type: Date, required },
  updatedAt: { type: Date, required },
  settled: { type: Boolean, required },
});
schema.index({ period: 1, departmentCode: 1 });
schema.index({ 'personKeys.phones': 1 });
schema.index({ 'personKeys.persons': 1 });
// What a night looks for: discharges that still identify somebody.
schema.index({ dischargedOn: 1 }, { partialFilterExpression: { identity: { $type: 'object' } } });
// One admission, one record, whichever key it came by.
for (const key of ['keys.admission', 'keys.visit']) {
  schema.index({ [key]: 1 }, { unique: true, partialFilterExpression: { [key]: { $type: 'string' } } });
}
schema.index({ updatedAt: 1 }, { partialFilterExpression: { settled: false } });

/** The record of a document. */
export function toRecord({
  _id,
  settled: _settled,
  personKeys,
  ...rest
}: DischargeDocument): DischargeRecord {
  return { id: _id, personKeys: personKeys ?? noPersonKeys, ...rest, ...readStoredPeriod(rest.period) };
}

/** The places in a bulk of those that a unique index refused. Throws any other error on. */
function refusedOfBulk(error: unknown): ReadonlySet<number> {
  if (!(error instanceof mongo.MongoBulkWriteError) || !isOnlyDuplicateKeys(error)) throw error;
  return new Set([error.writeErrors].flat().map(({ index }) => index));
}

/** The type is named too: else the planner may pass by the partial indexes and read every discharge. */
function among(values: readonly (string | null)[]): object {
  return trusted({ $in: values.filter((value) => value !== null), $type: 'string' });
}

/** The collection of discharges, shared by the stores that read and write it. */
export type DischargeCollection = Model<DischargeDocument>;

/** Registers the collection; call it once a connection. */
export function defineDischarges(connection: Connection): DischargeCollection {
  return defineCollection<DischargeDocument>(connection, 'discharges', schema);
}

function writes(
  discharges: DischargeCollection,
): Pick<DischargeStore, 'insertMissing' | 'correct' | 'markSettled'> {
  return {
    insertMissing: async (records) => {
      if (records.length === 0) return new Set();
      // One insert of many, not many upserts: the engine then waits for its journal once and not for each record.
      const documents = records.map(({ id, ...rest }) =>
        Object.assign(rest, { _id: id, period: storedPeriod(rest.period, rest.trial), settled: false }),
      );
      const refused = await discharges.collection
        .insertMany(documents as never[], { ordered: false })
        .then(() => new Set<number>(), refusedOfBulk);
      return new Set(records.filter((_record, index) => !refused.has(index)).map(({ id }) => id));
    },
    correct: async (records) => {
      if (records.length === 0) return;
      await discharges.bulkWrite(
        records.map(
          ({ id, countedOn: _day, period: _month, trial: _trial, createdAt: _made, ...corrected }) => ({
            // An identity that was taken away since it was read does not come back.
            updateOne: {
              filter: { _id: id, identity: trusted(corrected.identity ? { $ne: null } : { $eq: null }) },
              update: { $set: { ...corrected, settled: false } },
            },
          }),
        ),
        { ordered: false },
      );
    },
    markSettled: async (records) => {
      if (records.length === 0) return;
      for (const group of groupBy(records, ({ updatedAt }) => String(updatedAt.getTime())).values()) {
        const [{ updatedAt } = { updatedAt: null }] = group;
        if (updatedAt === null) continue;
        const ids = group.map(({ id }) => id);
        await discharges.updateMany(
          { _id: trusted({ $in: ids }), updatedAt, settled: false },
          { $set: { settled: true } },
        );
      }
    },
  };
}

/** The discharges of a collection. */
export function createDischargeStore(discharges: DischargeCollection): DischargeStore {
  return {
    ...writes(discharges),
    findByIds: async (ids) => {
      const found = await discharges.find({ _id: trusted({ $in: [...ids] }) }).lean<DischargeDocument[]>();
      return found.map(toRecord);
    },
    findByKeys: async (keys) => {
      const either: QueryFilter<DischargeDocument>[] = [
        { 'keys.admission': among(keys.map(({ admission }) => admission)) },
        { 'keys.visit': among(keys.map(({ visit }) => visit)) },
      ];
      const found = await discharges.find({ $or: either }).lean<DischargeDocument[]>();
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
    firstPeriod: async () => {
      const first = await discharges
        .findOne({ period: trusted({ $lt: trialPrefix }) }, { period: 1 })
        .sort({ period: 1 })
        .lean<Pick<DischargeDocument, 'period'>>();
      return first?.period ?? null;
    },
  };
}
