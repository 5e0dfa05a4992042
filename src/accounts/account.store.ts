import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import type { Account } from './account.ts';
import { rememberedPasswords } from './password-reuse.ts';

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
  passwordChangedAt: { type: Date },
  formerPasswordHashes: { type: [String], default: undefined },
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
  readonly replacePassword: (account: Account, passwordHash: string, now: Date) => Promise<number | null>;
  /** Sets a password that must be changed, unless another change came first; false then. */
  readonly resetPassword: (account: Account, passwordHash: string, now: Date) => Promise<boolean>;
}

/** Accounts in the collection `accounts`. */
export function createAccountStore(connection: Connection): AccountStore {
  const model = accountModel(connection);
  /** The password before stays known as one of the former. */
  const setPassword = async (
    { _id, credentialVersion, passwordHash: former }: Account,
    set: Pick<Account, 'passwordHash' | 'mustChangePassword' | 'passwordChangedAt'>,
  ): Promise<boolean> => {
    const { matchedCount } = await model.updateOne(
      { _id, credentialVersion },
      {
        $set: { ...set, credentialVersion: credentialVersion + 1 },
        $push: { formerPasswordHashes: { $each: [former], $slice: 1 - rememberedPasswords } },
      },
    );
    return matchedCount === 1;
  };
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
    replacePassword: async (account, passwordHash, now) =>
      (await setPassword(account, { passwordHash, mustChangePassword: false, passwordChangedAt: now }))
        ? account.credentialVersion + 1
        : null,
    resetPassword: (account, passwordHash, now) =>
      setPassword(account, { passwordHash, mustChangePassword: true, passwordChangedAt: now }),
  };
}
