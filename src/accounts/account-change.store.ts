import { trusted } from 'mongoose';
import type { Connection } from 'mongoose';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { versionOf } from './account.ts';
import type { Account } from './account.ts';
import { accountModel } from './account.store.ts';

/** A change that would take the administrator's role from an account, while it is under way. */
export interface Leaving {
  readonly mark: string;
  readonly at: Date;
}

/** What an administrator changes of an account. */
export type AccountChange = Partial<Pick<Account, 'displayName' | 'roles' | 'active'>>;

/** Changes of accounts, each of one document. */
export interface AccountChangeStore {
  /** Changes the account as it was read; null when another change came first. Enabling it ends its old sessions for good. */
  readonly change: (read: Account, change: AccountChange) => Promise<Account | null>;
  /** From now on the account does not count as an administrator who stays, until the mark is taken away or is old. */
  readonly markLeaving: (id: string, leaving: Leaving) => Promise<void>;
  readonly unmarkLeaving: (id: string, mark: string) => Promise<void>;
  /** Whether an active account is administrator today without a last day, and not marked as leaving since `since`. */
  readonly hasStayingAdministrator: (today: CalendarDate, since: Date) => Promise<boolean>;
  readonly noteLogin: (id: string, at: Date) => Promise<void>;
}

/** Changes in the collection `accounts`. */
export function createAccountChangeStore(connection: Connection): AccountChangeStore {
  const model = accountModel(connection);
  return {
    change: (read, change) => {
      const version = versionOf(read);
      // An account of before versions were kept has none.
      const stored = read.version === undefined ? trusted({ $exists: false }) : version;
      return model
        .findOneAndUpdate(
          { _id: read._id, version: stored },
          {
            $set: { ...change, version: version + 1 },
            // A session that was stored again while the account was disabled must not come to life with it.
            ...(change.active === true ? { $inc: { credentialVersion: 1 } } : {}),
          },
          { returnDocument: 'after' },
        )
        .lean<Account | null>()
        .exec();
    },
    markLeaving: async (_id, leaving) => {
      await model.updateOne({ _id }, { $push: { leaving } });
    },
    unmarkLeaving: async (_id, mark) => {
      await model.updateOne({ _id }, { $pull: { leaving: { mark } } });
    },
    hasStayingAdministrator: async (today, since) => {
      const begun = [{ from: { $exists: false } }, { from: { $lte: today } }];
      const lasting = { role: 'admin', until: { $exists: false }, $or: begun };
      const found = await model.exists({
        active: true,
        roles: trusted({ $elemMatch: lasting }),
        leaving: trusted({ $not: { $elemMatch: { at: { $gt: since } } } }),
      });
      return found !== null;
    },
    noteLogin: async (_id, lastLoginAt) => {
      await model.updateOne({ _id }, { $set: { lastLoginAt } });
    },
  };
}
