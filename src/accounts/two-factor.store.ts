import { Schema, trusted } from 'mongoose';
import type { Connection, Model, QueryFilter } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import type { SealedRecords } from '../privacy/sealed-records.ts';
import { secretPlace } from './two-factor.ts';
import type { TwoFactor } from './two-factor.ts';

const schema = new Schema<TwoFactor>({
  _id: { type: String, required: true },
  secret: { type: String, default: null },
  since: { type: Date, default: null },
  lastStep: { type: Number, default: 0 },
  recoveryCodes: { type: [String], default: [] },
  pendingSecret: { type: String, default: null },
  pendingAt: { type: Date, default: null },
});

/** Two-factor login of the accounts that have it, or are setting it up. Each change is one atomic write. */
export interface TwoFactorStore {
  readonly find: (accountId: string) => Promise<TwoFactor | null>;
  readonly isOn: (accountId: string) => Promise<boolean>;
  /** Keeps a secret to be confirmed, in place of an earlier one; false when two-factor login is on already. */
  readonly begin: (accountId: string, pendingSecret: string, now: Date) => Promise<boolean>;
  /** Turns it on with the secret that was confirmed; false when another set-up came in between. */
  readonly turnOn: (
    accountId: string,
    on: Pick<TwoFactor, 'lastStep' | 'recoveryCodes'> & { readonly secret: string; readonly since: Date },
  ) => Promise<boolean>;
  /** Takes a time-step as used, with all before it; false when it was used already. Of any number at once one wins. */
  readonly acceptStep: (accountId: string, step: number) => Promise<boolean>;
  /** Uses a recovery code up; false when it is not there any more. Of any number at once one wins. */
  readonly useRecoveryCode: (accountId: string, fingerprint: string) => Promise<boolean>;
  readonly replaceRecoveryCodes: (accountId: string, recoveryCodes: readonly string[]) => Promise<boolean>;
  /** Forgets everything; false when there was nothing. */
  readonly turnOff: (accountId: string) => Promise<boolean>;
  readonly sealed: SealedRecords;
}

/** The encrypted secrets, for the rotation of keys. */
function sealedSecrets({ collection }: Model<TwoFactor>): SealedRecords {
  const paths = ['secret', 'pendingSecret'] as const;
  return {
    collection: 'twoFactors',
    list: async (afterId, limit) => {
      const found = await collection
        .find<TwoFactor>({ _id: { $gt: afterId } as never })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map((record) => ({
        id: record._id,
        fields: paths.flatMap((path) => {
          const text = record[path];
          return text === null || text === undefined ? [] : [{ path, text, place: secretPlace(record._id) }];
        }),
      }));
    },
    reseal: async (id, fields) => {
      let replaced = 0;
      for (const { path, before, after } of fields) {
        const done = await collection.updateOne(
          { _id: id as never, [path]: before },
          { $set: { [path]: after } as never },
          { writeConcern: { w: 'majority', journal: true } },
        );
        replaced += done.modifiedCount;
      }
      return replaced;
    },
  };
}

/** The one record, while it is on. */
function on(accountId: string): QueryFilter<TwoFactor> {
  return { _id: accountId, since: trusted({ $ne: null }) };
}

/** Two-factor logins in the collection `twoFactors`. */
export function createTwoFactorStore(connection: Connection): TwoFactorStore {
  const model = defineCollection<TwoFactor>(connection, 'twoFactors', schema);
  return {
    find: (_id) => model.findOne({ _id }).lean<TwoFactor | null>().exec(),
    isOn: async (accountId) => (await model.exists(on(accountId))) !== null,
    begin: async (_id, pendingSecret, pendingAt) => {
      try {
        await model.updateOne({ _id, since: null }, { $set: { pendingSecret, pendingAt } }, { upsert: true });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    turnOn: async (_id, { secret, ...rest }) => {
      const set = {
        ...rest,
        recoveryCodes: [...rest.recoveryCodes],
        secret,
        pendingSecret: null,
        pendingAt: null,
      };
      const done = await model.updateOne({ _id, since: null, pendingSecret: secret }, { $set: set });
      return done.matchedCount === 1;
    },
    acceptStep: async (accountId, step) => {
      const before = { ...on(accountId), lastStep: trusted({ $lt: step }) };
      return (await model.updateOne(before, { $set: { lastStep: step } })).matchedCount === 1;
    },
    useRecoveryCode: async (accountId, fingerprint) => {
      const having = { ...on(accountId), recoveryCodes: fingerprint };
      const used = await model.updateOne(having, { $pull: { recoveryCodes: fingerprint } });
      return used.modifiedCount === 1;
    },
    replaceRecoveryCodes: async (accountId, recoveryCodes) => {
      const set = { $set: { recoveryCodes: [...recoveryCodes] } };
      return (await model.updateOne(on(accountId), set)).matchedCount === 1;
    },
    turnOff: async (_id) => (await model.deleteOne({ _id })).deletedCount === 1,
    sealed: sealedSecrets(model),
  };
}
