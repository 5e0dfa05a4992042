import { Schema } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import type { RetentionRun } from './retention.ts';

interface Row {
  readonly at: Date;
  readonly counts: Readonly<Record<string, number>>;
}

const schema = new Schema<Row>({
  at: { type: Date, required: true },
  counts: { type: Schema.Types.Mixed, required: true },
});
schema.index({ at: -1 });

/** What each night ended. */
export interface RetentionRunStore {
  readonly keep: (run: RetentionRun) => Promise<void>;
  readonly latest: () => Promise<RetentionRun | null>;
}

/** The collection `retentionRuns`. */
export function createRetentionRunStore(connection: Connection): RetentionRunStore {
  const rows = defineCollection<Row>(connection, 'retentionRuns', schema);
  return {
    keep: async ({ at, counts }) => {
      await rows.create({ at, counts: { ...counts } });
    },
    latest: async () => {
      const found = await rows.findOne({}).sort({ at: -1 }).lean<Row>();
      return found && { at: found.at, counts: found.counts };
    },
  };
}
