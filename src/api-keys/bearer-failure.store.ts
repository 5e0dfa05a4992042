import { Schema } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';

interface BearerFailuresDocument {
  readonly _id: string;
  readonly failures: number;
  readonly expiresAt: Date;
}

const schema = new Schema<BearerFailuresDocument>({
  _id: { type: String, required: true },
  failures: { type: Number, required: true },
  expiresAt: { type: Date, required: true },
});
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** Keys that opened nothing, counted per address and window for all instances together. */
export interface BearerFailureStore {
  /** Counts one and gives how many there are in the window that ends at `endsAt`: one atomic write. */
  readonly count: (address: string, endsAt: Date) => Promise<number>;
}

/** Failures in the collection `bearerFailures`; a document goes when its window has ended. */
export function createBearerFailureStore(connection: Connection): BearerFailureStore {
  const model = defineCollection<BearerFailuresDocument>(connection, 'bearerFailures', schema);
  const increase = async (address: string, expiresAt: Date): Promise<number> => {
    const { failures } = await model
      .findOneAndUpdate(
        { _id: `${address} ${expiresAt.toISOString()}` },
        { $inc: { failures: 1 }, $set: { expiresAt } },
        { upsert: true, returnDocument: 'after' },
      )
      .lean<BearerFailuresDocument>()
      .orFail()
      .exec();
    return failures;
  };
  return {
    count: async (address, endsAt) => {
      try {
        return await increase(address, endsAt);
      } catch (error) {
        // Two first failures at once: the one that lost the insert finds the document now.
        if (isDuplicateKey(error)) return increase(address, endsAt);
        throw error;
      }
    },
  };
}
