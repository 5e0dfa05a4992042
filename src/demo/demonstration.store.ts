import { Schema } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import type { Demonstration } from './demonstration.ts';

type Row = Demonstration & { readonly _id: string };

/** The one mark of a database that holds a demonstration: written before its data, completed after them. */
export interface DemonstrationStore {
  readonly find: () => Promise<Demonstration | null>;
  /** Sets the mark unless it stands. */
  readonly begin: (startedAt: Date) => Promise<void>;
  readonly complete: (completedAt: Date) => Promise<void>;
}

const id = 'hospital';
const schema = new Schema<Row>({
  _id: { type: String, required: true },
  startedAt: { type: Date, required: true },
  completedAt: { type: Date, default: null },
});

/** The mark in the collection `demonstrations`. */
export function createDemonstrationStore(connection: Connection): DemonstrationStore {
  const model = defineCollection<Row>(connection, 'demonstrations', schema);
  return {
    find: async () => {
      const row = await model.findById(id).lean<Row>();
      return row && { startedAt: row.startedAt, completedAt: row.completedAt };
    },
    begin: async (startedAt) => {
      try {
        await model.create({ _id: id, startedAt, completedAt: null });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
    complete: async (completedAt) => {
      await model.updateOne({ _id: id }, { $set: { completedAt } });
    },
  };
}
