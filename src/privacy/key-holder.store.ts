import { Schema, trusted } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import type { KeyHolder } from './key-holder.ts';

type Row = Omit<KeyHolder, 'instance'> & { readonly _id: string };

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  keyIds: { type: [String], required: true },
  seenAt: { type: Date, required: true },
});

/** Which instance of the service has which keys. */
export interface KeyHolderStore {
  /** An instance says that it lives and which keys it has. */
  readonly tell: (holder: KeyHolder) => Promise<void>;
  readonly forget: (instance: string) => Promise<void>;
  /** Those seen at or after a moment, by name. */
  readonly living: (since: Date) => Promise<readonly KeyHolder[]>;
}

/** The collection `keyHolders`. */
export function createKeyHolderStore(connection: Connection): KeyHolderStore {
  const rows = defineCollection<Row>(connection, 'keyHolders', schema);
  return {
    tell: async ({ instance, keyIds, seenAt }) => {
      await rows.updateOne({ _id: instance }, { $set: { keyIds: [...keyIds], seenAt } }, { upsert: true });
    },
    forget: async (instance) => {
      await rows.deleteOne({ _id: instance });
    },
    living: async (since) => {
      const found = await rows
        .find({ seenAt: trusted({ $gte: since }) })
        .sort({ _id: 1 })
        .lean<Row[]>();
      return found.map(({ _id: instance, keyIds, seenAt }) => ({ instance, keyIds, seenAt }));
    },
  };
}
