import { Schema, trusted } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import { operatingModes } from './operating-mode.ts';
import type { ModeHistory, ModeSwitch } from './operating-mode.ts';

interface Row {
  readonly _id: string;
  readonly switches: ModeSwitch[];
}

const required = true;
const switchSchema = new Schema<ModeSwitch>(
  {
    mode: { type: String, enum: operatingModes, required },
    at: { type: Date, required },
    by: { type: String, required },
    byName: { type: String, default: '' },
  },
  { _id: false },
);
const schema = new Schema<Row>({
  _id: { type: String, required },
  switches: { type: [switchSchema], required },
});

/** Where the hospital's mode is kept: one document for all instances. */
export interface OperationStore {
  /** Every switch, oldest first; none before the first start. */
  readonly read: () => Promise<ModeHistory>;
  /** Notes the mode of the first start; a database that has one keeps it. */
  readonly begin: (first: ModeSwitch) => Promise<void>;
  /** Appends a switch after those that were seen; false when another was made in between. One atomic write. */
  readonly append: (seen: ModeHistory, next: ModeSwitch) => Promise<boolean>;
}

const id = 'hospital';

/** The collection `operation`. */
export function createOperationStore(connection: Connection): OperationStore {
  const model = defineCollection<Row>(connection, 'operation', schema);
  return {
    read: async () => (await model.findById(id).lean<Row>())?.switches ?? [],
    begin: async (first) => {
      try {
        await model.create({ _id: id, switches: [first] });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
    append: async (seen, next) => {
      const { matchedCount } = await model.updateOne(
        { _id: id, switches: trusted({ $size: seen.length }) },
        { $push: { switches: next } },
      );
      return matchedCount === 1;
    },
  };
}
