import { Schema } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import type { ImportCounts } from './import-report.ts';

/** An import that stored something, or tried: who, when, how many. It holds nothing of the file. */
export interface ImportRun {
  readonly id: string;
  readonly kind: 'discharges' | 'survey-responses';
  readonly at: Date;
  readonly by: string;
  readonly byName: string;
  readonly counts: ImportCounts;
}

type Row = Omit<ImportRun, 'id'> & { readonly _id: string };

const count = { type: Number, required: true };
const schema = new Schema<Row>({
  _id: { type: String, required: true },
  kind: { type: String, required: true },
  at: { type: Date, required: true },
  by: { type: String, required: true },
  byName: { type: String, required: true },
  counts: {
    type: new Schema(
      { created: count, updated: count, unchanged: count, waiting: count, rejected: count },
      { _id: false },
    ),
    required: true,
  },
});
schema.index({ at: -1 });

function toRun({ _id: id, ...rest }: Row): ImportRun {
  return { id, ...rest };
}

/** Imports of the past. */
export interface ImportRunStore {
  readonly add: (run: ImportRun) => Promise<void>;
  /** The latest first. */
  readonly latest: (limit: number) => Promise<readonly ImportRun[]>;
}

/** Stores runs in the collection `importRuns`. */
export function createImportRunStore(connection: Connection): ImportRunStore {
  const model = defineCollection<Row>(connection, 'importRuns', schema);
  return {
    add: async ({ id, ...rest }) => {
      await model.create({ _id: id, ...rest });
    },
    latest: async (limit) => {
      const rows = await model.find().sort({ at: -1 }).limit(limit).lean<Row[]>();
      return rows.map(toRun);
    },
  };
}
