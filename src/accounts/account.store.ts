import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import type { Account } from './account.ts';

/** An account as it is stored. */
export interface AccountDocument extends Account {
  /** Changes under way that would take the administrator's role from this account: see `keep-administrator.ts`. */
  readonly leaving?: readonly { readonly mark: string; readonly at: Date }[];
}

const schema = new Schema<AccountDocument>({
  _id: { type: String, required: true },
  username: { type: String, required: true },
  displayName: { type: String, required: true },
  roles: [
    new Schema(
      {
        role: { type: String, required: true },
        departments: { type: Schema.Types.Mixed, required: true },
        from: String,
        until: String,
      },
      { _id: false },
    ),
  ],
  passwordHash: { type: String, required: true },
  mustChangePassword: { type: Boolean, required: true },
  credentialVersion: { type: Number, required: true },
  active: { type: Boolean, required: true },
  createdAt: { type: Date, required: true },
  version: Number,
  lastLoginAt: Date,
  leaving: {
    type: [
      new Schema(
        { mark: { type: String, required: true }, at: { type: Date, required: true } },
        { _id: false },
      ),
    ],
    default: undefined,
  },
});
schema.index({ username: 1 }, { unique: true });

/** The collection `accounts`, registered once a connection. */
export function accountModel(connection: Connection): Model<AccountDocument> {
  const known = connection.models['accounts'] as Model<AccountDocument> | undefined;
  return known ?? defineCollection<AccountDocument>(connection, 'accounts', schema);
}

/** The accounts of the hospital. */
export interface AccountStore {
  readonly findById: (id: string) => Promise<Account | null>;
  /** By the normalised user name. */
  readonly findByUsername: (username: string) => Promise<Account | null>;
  /** By user name, alphabetically. */
  readonly list: () => Promise<readonly Account[]>;
  readonly isEmpty: () => Promise<boolean>;
  /** False when the id or the user name is taken. */
  readonly insert: (account: Account) => Promise<boolean>;
  /** Sets a new password unless another change came first; null then, else the new `credentialVersion`. */
  readonly replacePassword: (account: Account, passwordHash: string) => Promise<number | null>;
  /** Sets a password that must be changed, unless another change came first; false then. */
  readonly resetPassword: (account: Account, passwordHash: string) => Promise<boolean>;
}

/** Accounts in the collection `accounts`. */
export function createAccountStore(connection: Connection): AccountStore {
  const model = accountModel(connection);
  return {
    findById: (_id) => model.findOne({ _id }).lean<Account | null>().exec(),
    findByUsername: (username) => model.findOne({ username }).lean<Account | null>().exec(),
    list: () => model.find({}).sort({ username: 1 }).lean<Account[]>().exec(),
    isEmpty: async () => (await model.exists({})) === null,
    insert: async (account) => {
      try {
        await model.create(account);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    replacePassword: async ({ _id, credentialVersion }, passwordHash) => {
      const next = credentialVersion + 1;
      const change = { $set: { passwordHash, mustChangePassword: false, credentialVersion: next } };
      const { matchedCount } = await model.updateOne({ _id, credentialVersion }, change);
      return matchedCount === 1 ? next : null;
    },
    resetPassword: async ({ _id, credentialVersion }, passwordHash) => {
      const next = credentialVersion + 1;
      const change = { $set: { passwordHash, mustChangePassword: true, credentialVersion: next } };
      const { matchedCount } = await model.updateOne({ _id, credentialVersion }, change);
      return matchedCount === 1;
    },
  };
}
