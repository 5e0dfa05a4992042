import { Schema, trusted } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from './collection.ts';

interface Row {
  readonly _id: string;
  readonly at: Date;
}

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  at: { type: Date, required: true },
});
schema.index({ at: 1 });

/** Marks under keys that nobody can turn back, each with the moment it was made. */
export interface MarkCollection {
  /** Safe to repeat; after the journal. */
  readonly keep: (keys: readonly string[], at: Date) => Promise<void>;
  readonly among: (keys: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly countBefore: (moment: Date) => Promise<number>;
  readonly oldest: () => Promise<Date | null>;
  readonly removeBefore: (moment: Date) => Promise<number>;
}

const durable = { upsert: true, writeConcern: { w: 'majority', j: true } } as const;

/** Opens a collection of marks by its name; call it once a connection. */
export function openMarkCollection(connection: Connection, name: string): MarkCollection {
  const rows = defineCollection<Row>(connection, name, schema);
  return {
    keep: async (keys, at) => {
      for (const key of keys) await rows.updateOne({ _id: key }, { $setOnInsert: { at } }, durable);
    },
    among: async (keys) => {
      if (keys.length === 0) return new Set();
      const found = await rows.find({ _id: trusted({ $in: [...keys] }) }).lean<Row[]>();
      return new Set(found.map(({ _id }) => _id));
    },
    countBefore: (moment) => rows.countDocuments({ at: trusted({ $lt: moment }) }),
    oldest: async () => {
      const found = await rows.findOne({}).sort({ at: 1 }).lean<Row>();
      return found?.at ?? null;
    },
    removeBefore: async (moment) => (await rows.deleteMany({ at: trusted({ $lt: moment }) })).deletedCount,
  };
}
