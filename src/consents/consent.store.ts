import { Schema, trusted } from 'mongoose';
import type { Connection, QueryFilter } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import type { ConsentEntry } from './consent.ts';

/** The ledger of consents: entries are added and never changed; an erasure replaces them. */
export interface ConsentStore {
  /** Adds an entry, after the journal; one that is there stays as it is. */
  readonly add: (entry: ConsentEntry) => Promise<void>;
  /** Every entry of whoever has one of these keys. */
  readonly among: (keys: readonly string[]) => Promise<readonly ConsentEntry[]>;
  readonly find: (ids: readonly string[]) => Promise<readonly ConsentEntry[]>;
  /** Puts entries in the place of others: adds first, so that no refusal is ever missing. */
  readonly replace: (those: readonly ConsentEntry[], by: readonly ConsentEntry[]) => Promise<void>;
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

const oneOf = (values: readonly string[]): object => trusted({ $in: [...values] });

/** The collection `consents`. */
export function createConsentStore(connection: Connection): ConsentStore {
  const rows = defineCollection<Row>(connection, 'consents', schema);
  const add: ConsentStore['add'] = async ({ id, ...entry }) => {
    try {
      const write = { writeConcern: { w: 'majority', journal: true } } as const;
      await rows.collection.insertOne({ ...entry, keys: [...entry.keys], _id: id as never }, write);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  };
  const list = async (filter: QueryFilter<Row>): Promise<readonly ConsentEntry[]> => {
    const found = await rows.find(filter).lean<Row[]>();
    return found.map(({ _id: id, ...entry }) => Object.assign(entry, { id }));
  };
  return {
    add,
    among: (keys) => (keys.length === 0 ? Promise.resolve([]) : list({ keys: oneOf(keys) })),
    find: (ids) => (ids.length === 0 ? Promise.resolve([]) : list({ _id: oneOf(ids) })),
    replace: async (those, by) => {
      for (const entry of by) await add(entry);
      if (those.length > 0) await rows.deleteMany({ _id: oneOf(those.map(({ id }) => id)) });
    },
  };
}
