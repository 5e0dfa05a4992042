import { Schema, trusted } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import { forgetMs, latestOf, secondsSlowed } from './address-limit.ts';
import type { AddressFailures } from './address-limit.ts';

interface AddressDocument extends AddressFailures {
  readonly _id: string;
  readonly expiresAt: Date;
}

const schema = new Schema<AddressDocument>({
  _id: { type: String, required: true },
  forgottenAt: { type: Number, required: true },
  expiresAt: { type: Date, required: true },
});
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** Failed logins of an address, counted for all instances together. Keys are hashes. */
export interface LoginAddressStore {
  /**
   * Counts a failure before the password is looked at, so that parallel guesses are counted too: one atomic write. Gives 0,
   * or the seconds to wait when the address has `allowed` failures already; then nothing is counted.
   */
  readonly count: (key: string, allowed: number, now: Date) => Promise<number>;
  /** Takes one back: it was no failure. */
  readonly takeBack: (key: string) => Promise<void>;
}

/** Failures in the collection `loginAddresses`; a document goes once all its failures are forgotten. */
export function createLoginAddressStore(connection: Connection): LoginAddressStore {
  const model = defineCollection<AddressDocument>(connection, 'loginAddresses', schema);
  const dayMs = 24 * 3_600_000;
  const begin = async (key: string, now: Date): Promise<void> => {
    const $set = { expiresAt: new Date(now.getTime() + dayMs) };
    try {
      await model.updateOne({ _id: key }, { $max: { forgottenAt: now.getTime() }, $set }, { upsert: true });
    } catch (error) {
      // Two first attempts at once: the other has made the document.
      if (!isDuplicateKey(error)) throw error;
    }
  };
  return {
    count: async (key, allowed, now) => {
      await begin(key, now);
      const latest = latestOf(allowed, now);
      const counted = await model.updateOne(
        { _id: key, forgottenAt: trusted({ $lte: latest }) },
        { $inc: { forgottenAt: forgetMs } },
      );
      if (counted.matchedCount === 1) return 0;
      // Further ahead than it can be: the clock was set back. Nobody waits for it to catch up.
      const reached = await model
        .findOneAndUpdate(
          { _id: key },
          { $min: { forgottenAt: latest + forgetMs } },
          { returnDocument: 'after' },
        )
        .lean<AddressDocument | null>();
      return reached ? secondsSlowed(reached, allowed, now) : 1;
    },
    takeBack: async (key) => {
      await model.updateOne({ _id: key }, { $inc: { forgottenAt: -forgetMs } });
    },
  };
}
