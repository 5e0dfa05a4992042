import { Schema, trusted } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import type { DepartmentAlias } from './department-alias.ts';

/** A name as it is stored. Its id says nothing of it; names that were stored before there were ids have none. */
export interface StoredAlias extends DepartmentAlias {
  readonly id: string | null;
}

/** A name to be stored. */
export interface NewAlias extends DepartmentAlias {
  readonly id: string;
}

type Row = Omit<StoredAlias, 'key' | 'id'> & { readonly _id: string; readonly id?: string | null };

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  id: { type: String, default: null },
  name: { type: String, required: true },
  departmentCode: { type: String, default: null },
  seenAt: { type: Date, required: true },
});

function toAlias({ _id: key, id = null, ...rest }: Row): StoredAlias {
  return { key, id, ...rest };
}

/** The mapping table: names of departments in other systems. */
export interface DepartmentAliasStore {
  /** All of them, those to be mapped first, then by name. */
  readonly list: () => Promise<readonly StoredAlias[]>;
  /** Adds names that are not there yet, to be mapped. Safe to repeat and to race. */
  readonly addMissing: (aliases: readonly NewAlias[]) => Promise<void>;
  /** Maps a name, or takes its mapping away; adds it when it is not there. */
  readonly assign: (alias: NewAlias) => Promise<void>;
  /** Removes a name that is mapped to nothing; false when there is none. */
  readonly removeUnmapped: (id: string) => Promise<boolean>;
  /** Names that have been mapped to nothing since before a moment. */
  readonly countUnmapped: (before: Date) => Promise<number>;
  readonly removeUnmappedBefore: (before: Date) => Promise<number>;
  /** Since when the oldest of them has waited. */
  readonly oldestUnmapped: () => Promise<Date | null>;
}

const unmappedBefore = (before: Date) => ({ departmentCode: null, seenAt: trusted({ $lte: before }) });

/** Stores the mapping table in the collection `departmentAliases`. */
export function createDepartmentAliasStore(connection: Connection): DepartmentAliasStore {
  const model = defineCollection<Row>(connection, 'departmentAliases', schema);
  return {
    list: async () => {
      const rows = await model.find().sort({ departmentCode: 1, _id: 1 }).limit(5000).lean<Row[]>();
      return rows.map(toAlias);
    },
    addMissing: async (aliases) => {
      if (aliases.length === 0) return;
      await model.bulkWrite(
        aliases.map(({ key, ...rest }) => ({
          updateOne: { filter: { _id: key }, update: { $setOnInsert: rest }, upsert: true },
        })),
        { ordered: false },
      );
    },
    assign: async ({ key, id, name, departmentCode, seenAt }) => {
      await model.updateOne(
        { _id: key },
        { $set: { departmentCode, seenAt }, $setOnInsert: { id, name } },
        { upsert: true },
      );
    },
    removeUnmapped: async (id) => (await model.deleteOne({ id, departmentCode: null })).deletedCount === 1,
    countUnmapped: (before) => model.countDocuments(unmappedBefore(before)),
    removeUnmappedBefore: async (before) => (await model.deleteMany(unmappedBefore(before))).deletedCount,
    oldestUnmapped: async () => {
      const oldest = await model.findOne({ departmentCode: null }).sort({ seenAt: 1 }).lean<Row>();
      return oldest?.seenAt ?? null;
    },
  };
}
