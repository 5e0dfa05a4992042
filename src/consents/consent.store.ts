import { Schema, trusted } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import type { ConsentEntry } from './consent.ts';

/** The ledger of consents: entries are added and never changed. */
export interface ConsentStore {
  /** Adds an entry, after the journal; one that is there stays as it is. */
  readonly add: (entry: ConsentEntry) => Promise<void>;
  /** Every entry of whoever has one of these keys. */
  readonly among: (keys: readonly string[]) => Promise<readonly ConsentEntry[]>;
}

type Row = Omit<ConsentEntry, 'id'> & { readonly _id: string };

const required = true;
const schema = new Schema<Row>({
  _id: { type: String, required },
  keys: { type: [String], required },
  purpose: { type: String, required },
  state: { type: String, required },
  channel: { type: String, required },
  noticeVersion: { type: String, default: null },
  at: { type: Date, required },
  recordedBy: { type: String, required },
});
schema.index({ keys: 1 });

/** The collection `consents`. */
export function createConsentStore(connection: Connection): ConsentStore {
  const rows = defineCollection<Row>(connection, 'consents', schema);
  return {
    add: async ({ id, ...entry }) => {
      try {
        const write = { writeConcern: { w: 'majority', journal: true } } as const;
        await rows.collection.insertOne({ ...entry, keys: [...entry.keys], _id: id as never }, write);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
    among: async (keys) => {
      if (keys.length === 0) return [];
      const found = await rows.find({ keys: trusted({ $in: [...keys] }) }).lean<Row[]>();
      return found.map(({ _id: id, ...entry }) => Object.assign(entry, { id }));
    },
  };
}
