import { trusted } from 'mongoose';
import type { QueryFilter } from 'mongoose';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { AdmissionKeys, DischargeRecord } from './discharge.ts';
import { toRecord } from './discharge.store.ts';
import type { DischargeCollection, DischargeDocument } from './discharge.store.ts';
import { noPersonKeys } from './person-key.ts';

/** By which blind indexes a person's discharges are looked for: any of them. */
export interface PersonQuery {
  readonly admissions: readonly string[];
  readonly phones: readonly string[];
  readonly persons: readonly string[];
}

/** Discharges seen from the person's side: found by whatever a person is known by, and stripped of it. */
export interface PersonStore {
  /** Newest discharge first, at most `limit`. */
  readonly find: (query: PersonQuery, limit: number) => Promise<readonly DischargeRecord[]>;
  /** Takes everything that identifies from discharges; what is counted stays. Safe to repeat; after the journal. */
  readonly strip: (ids: readonly string[]) => Promise<number>;
  /** Ids and admission keys of discharges that have an identity, by id, after `afterId`. */
  readonly listIdentified: (
    afterId: string,
    limit: number,
  ) => Promise<readonly { readonly id: string; readonly keys: AdmissionKeys }[]>;
  /** Discharges with an identity, discharged before a day. */
  readonly countIdentified: (before: CalendarDate) => Promise<number>;
  readonly oldestIdentified: () => Promise<CalendarDate | null>;
  /** Takes name, phones and numbers from at most `limit` of them; their admission keys stay, for late corrections. */
  readonly endIdentities: (before: CalendarDate, limit: number) => Promise<number>;
  readonly countKeyed: (before: CalendarDate) => Promise<number>;
  readonly oldestKeyed: () => Promise<CalendarDate | null>;
  /** Takes the admission keys too. */
  readonly endKeys: (before: CalendarDate, limit: number) => Promise<number>;
}

const durable = { writeConcern: { w: 'majority', j: true } } as const;
const noKeys: AdmissionKeys = { admission: null, visit: null };
const identified = { identity: trusted({ $type: 'object' }) } as const;
const keyed = {
  $or: [{ 'keys.admission': trusted({ $type: 'string' }) }, { 'keys.visit': trusted({ $type: 'string' }) }],
};

type Filter = QueryFilter<DischargeDocument>;
const endedBefore = (before: CalendarDate, of: object): Filter => ({
  ...(of as Filter),
  dischargedOn: trusted({ $lt: before }),
});

async function oldestOf(discharges: DischargeCollection, of: object): Promise<CalendarDate | null> {
  const found = await discharges
    .findOne(of as Filter)
    .sort({ dischargedOn: 1 })
    .select({ dischargedOn: 1 })
    .lean<DischargeDocument>();
  return found?.dischargedOn ?? null;
}

async function endSome(
  discharges: DischargeCollection,
  filter: Filter,
  change: object,
  limit: number,
): Promise<number> {
  const found = await discharges.find(filter).select({ _id: 1 }).limit(limit).lean<DischargeDocument[]>();
  const ids = found.map(({ _id }) => _id);
  const result = await discharges.updateMany({ _id: trusted({ $in: ids }) }, { $set: change }, durable);
  return result.modifiedCount;
}

/** The persons of a collection of discharges. */
export function createPersonStore(discharges: DischargeCollection): PersonStore {
  return {
    find: async ({ admissions, phones, persons }, limit) => {
      const either = [
        { 'keys.admission': trusted({ $in: [...admissions] }) },
        { 'keys.visit': trusted({ $in: [...admissions] }) },
        { 'personKeys.phones': trusted({ $in: [...phones] }) },
        { 'personKeys.persons': trusted({ $in: [...persons] }) },
      ] as Filter[];
      const found = await discharges
        .find({ $or: either })
        .sort({ dischargedOn: -1, _id: 1 })
        .limit(limit)
        .lean<DischargeDocument[]>();
      return found.map(toRecord);
    },
    strip: async (ids) => {
      const change = { identity: null, keys: noKeys, personKeys: noPersonKeys, settled: true };
      const result = await discharges.updateMany(
        { _id: trusted({ $in: [...ids] }) },
        { $set: change },
        durable,
      );
      return result.modifiedCount;
    },
    listIdentified: async (afterId, limit) => {
      const found = await discharges
        .find({ ...identified, _id: trusted({ $gt: afterId }) } as Filter)
        .sort({ _id: 1 })
        .select({ keys: 1 })
        .limit(limit)
        .lean<DischargeDocument[]>();
      return found.map(({ _id: id, keys }) => ({ id, keys }));
    },
    countIdentified: (before) => discharges.countDocuments(endedBefore(before, identified)),
    oldestIdentified: () => oldestOf(discharges, identified),
    endIdentities: (before, limit) =>
      endSome(
        discharges,
        endedBefore(before, identified),
        { identity: null, personKeys: noPersonKeys },
        limit,
      ),
    countKeyed: (before) => discharges.countDocuments(endedBefore(before, keyed)),
    oldestKeyed: () => oldestOf(discharges, keyed),
    endKeys: (before, limit) => endSome(discharges, endedBefore(before, keyed), { keys: noKeys }, limit),
  };
}
