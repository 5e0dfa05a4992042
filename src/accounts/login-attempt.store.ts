import { Schema } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import { lockMs, maxFailures } from './login-limit.ts';
import type { LoginAttempts } from './login-limit.ts';

interface LoginAttemptsDocument extends LoginAttempts {
  readonly _id: string;
  readonly expiresAt: Date;
}

const schema = new Schema<LoginAttemptsDocument>({
  _id: { type: String, required: true },
  attempts: { type: [Date], required: true },
  lockedUntil: { type: Date, default: null },
  expiresAt: { type: Date, required: true },
});
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** Attempts to log in, counted per user name for all instances together. Keys are hashes: people type passwords there. */
export interface LoginAttemptStore {
  readonly find: (key: string) => Promise<LoginAttempts | null>;
  /** Counts an attempt before the password is looked at, so that parallel guesses are counted too. */
  readonly add: (key: string, now: Date) => Promise<LoginAttempts>;
  readonly lock: (key: string, until: Date) => Promise<void>;
  /** Takes one attempt back: what was typed was right, though it is not a login yet. */
  readonly takeBack: (key: string) => Promise<void>;
  readonly clear: (key: string) => Promise<void>;
}

/** Attempts in the collection `loginAttempts`; a document goes when neither its window nor its lock can matter. */
export function createLoginAttemptStore(connection: Connection): LoginAttemptStore {
  const model = defineCollection<LoginAttemptsDocument>(connection, 'loginAttempts', schema);
  const push = (key: string, now: Date): Promise<LoginAttemptsDocument> =>
    model
      .findOneAndUpdate(
        { _id: key },
        {
          $push: { attempts: { $each: [now], $slice: -(maxFailures + 1) } },
          $set: { expiresAt: new Date(now.getTime() + 2 * lockMs) },
        },
        { upsert: true, returnDocument: 'after' },
      )
      .lean<LoginAttemptsDocument>()
      .orFail()
      .exec();
  return {
    find: (key) => model.findOne({ _id: key }).lean<LoginAttemptsDocument | null>().exec(),
    add: async (key, now) => {
      try {
        return await push(key, now);
      } catch (error) {
        // Two first attempts at once: the one that lost the insert finds the document now.
        if (isDuplicateKey(error)) return push(key, now);
        throw error;
      }
    },
    lock: async (key, until) => {
      await model.updateOne({ _id: key }, { $set: { lockedUntil: until } });
    },
    takeBack: async (key) => {
      await model.updateOne({ _id: key }, { $pop: { attempts: 1 } });
    },
    clear: async (key) => {
      await model.deleteOne({ _id: key });
    },
  };
}
