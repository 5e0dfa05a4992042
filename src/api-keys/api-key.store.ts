import { Schema, trusted } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import type { ApiKey } from './api-key.ts';

interface ApiKeyDocument extends Omit<ApiKey, 'id'> {
  readonly _id: string;
}

const schema = new Schema<ApiKeyDocument>({
  _id: { type: String, required: true },
  name: { type: String, required: true },
  scopes: { type: [String], required: true },
  hash: { type: String, required: true },
  createdAt: { type: Date, required: true },
  createdBy: { type: String, required: true },
  createdByName: { type: String, default: '' },
  expiresOn: { type: String, required: true },
  expiresAt: { type: Date, required: true },
  revokedAt: { type: Date, default: null },
  lastUsedAt: { type: Date, default: null },
  lastUsedFrom: { type: String, default: null },
  audited: { type: [String], required: true },
});
schema.index({ createdAt: -1 });

/** Entries of `audited` that are kept: more than one key can earn in a day. */
const keptEntries = 400;

/** The API keys of the hospital. Keys stay when they are revoked or over: the audit trail names them. */
export interface ApiKeyStore {
  readonly insert: (key: ApiKey) => Promise<void>;
  readonly find: (id: string) => Promise<ApiKey | null>;
  /** The newest first, at most `limit`. */
  readonly list: (limit: number) => Promise<readonly ApiKey[]>;
  /** Changes nothing when it was revoked before. */
  readonly revoke: (id: string, at: Date) => Promise<void>;
  /** Brings the end of a key forward; never puts it off. */
  readonly endBy: (id: string, end: Pick<ApiKey, 'expiresOn' | 'expiresAt'>) => Promise<void>;
  /** Notes a use, unless another request has noted one since `before` was read. */
  readonly touch: (
    id: string,
    before: Date | null,
    use: { readonly at: Date; readonly from: string },
  ) => Promise<void>;
  /** Adds an entry to `audited`; true for the one request that did. */
  readonly claimAudit: (id: string, entry: string) => Promise<boolean>;
  /** Takes an entry back whose audit event could not be kept. */
  readonly returnAudit: (id: string, entry: string) => Promise<void>;
}

const keyOf = ({ _id: id, ...rest }: ApiKeyDocument): ApiKey => ({ id, ...rest });

/** Keys in the collection `apiKeys`. */
export function createApiKeyStore(connection: Connection): ApiKeyStore {
  const model = defineCollection<ApiKeyDocument>(connection, 'apiKeys', schema);
  return {
    insert: async ({ id, ...rest }) => {
      await model.create({ _id: id, ...rest });
    },
    find: async (id) => {
      const found = await model.findOne({ _id: id }).lean<ApiKeyDocument | null>();
      return found && keyOf(found);
    },
    list: async (limit) => {
      const found = await model.find({}).sort({ createdAt: -1 }).limit(limit).lean<ApiKeyDocument[]>();
      return found.map(keyOf);
    },
    revoke: async (_id, revokedAt) => {
      await model.updateOne({ _id, revokedAt: null }, { $set: { revokedAt } });
    },
    endBy: async (_id, { expiresOn, expiresAt }) => {
      await model.updateOne(
        { _id, expiresAt: trusted({ $gt: expiresAt }) },
        { $set: { expiresOn, expiresAt } },
      );
    },
    touch: async (_id, before, { at, from }) => {
      await model.updateOne({ _id, lastUsedAt: before }, { $set: { lastUsedAt: at, lastUsedFrom: from } });
    },
    claimAudit: async (_id, entry) => {
      const { modifiedCount } = await model.updateOne(
        { _id, audited: trusted({ $ne: entry }) },
        { $push: { audited: { $each: [entry], $slice: -keptEntries } } },
      );
      return modifiedCount === 1;
    },
    returnAudit: async (_id, entry) => {
      await model.updateOne({ _id }, { $pull: { audited: entry } });
    },
  };
}
