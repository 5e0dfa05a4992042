import { Schema } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import type { DepartmentAlias } from './department-alias.ts';

type Row = Omit<DepartmentAlias, 'key'> & { readonly _id: string };

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  name: { type: String, required: true },
  departmentCode: { type: String, default: null },
  seenAt: { type: Date, required: true },
});

function toAlias({ _id: key, ...rest }: Row): DepartmentAlias {
  return { key, ...rest };
}

/** The mapping table: names of departments in other systems. */
export interface DepartmentAliasStore {
  /** All of them, those to be mapped first, then by name. */
  readonly list: () => Promise<readonly DepartmentAlias[]>;
  /** Adds names that are not there yet, to be mapped. Safe to repeat and to race. */
  readonly addMissing: (aliases: readonly DepartmentAlias[]) => Promise<void>;
  /** Maps a name, or takes its mapping away; adds it when it is not there. */
  readonly assign: (alias: DepartmentAlias) => Promise<void>;
}

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
    assign: async ({ key, name, departmentCode, seenAt }) => {
      await model.updateOne(
        { _id: key },
        { $set: { departmentCode }, $setOnInsert: { name, seenAt } },
        { upsert: true },
      );
    },
  };
}
