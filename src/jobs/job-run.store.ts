import { Schema, trusted } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import type { JobRun } from './job.ts';

interface Row extends Omit<JobRun, 'id'> {
  readonly _id: string;
}

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  job: { type: String, required: true },
  trigger: { type: String, enum: ['schedule', 'start'], required: true },
  host: { type: String, required: true },
  startedAt: { type: Date, required: true },
  endedAt: { type: Date, default: null },
  outcome: { type: String, enum: ['succeeded', 'failed', null], default: null },
  error: { type: String, default: null },
});
schema.index({ job: 1, startedAt: -1 });
schema.index({ startedAt: 1 });

/** How a run ended. */
export type RunEnd = Pick<JobRun, 'endedAt' | 'outcome' | 'error'>;

/** The run ledger: one row a job and slot. */
export interface JobRunStore {
  /** Takes the slot; false when somebody has it already. */
  readonly claim: (run: Pick<JobRun, 'id' | 'job' | 'trigger' | 'host' | 'startedAt'>) => Promise<boolean>;
  readonly finish: (id: string, end: RunEnd) => Promise<void>;
  /** The latest runs of a job, newest first, at most `limit`. */
  readonly latest: (job: string, limit: number) => Promise<readonly JobRun[]>;
  /** Removes runs that began before a moment; returns how many. */
  readonly removeBefore: (moment: Date) => Promise<number>;
}

const runOf = ({ _id: id, ...run }: Row): JobRun => ({ id, ...run });

/** Stores runs in the collection `jobRuns`. */
export function createJobRunStore(connection: Connection): JobRunStore {
  const model = defineCollection<Row>(connection, 'jobRuns', schema);
  return {
    claim: async ({ id, ...run }) => {
      try {
        await model.create({ _id: id, ...run });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    finish: async (id, end) => {
      await model.updateOne({ _id: id }, { $set: end });
    },
    latest: async (job, limit) => {
      const rows = await model.find({ job }).sort({ startedAt: -1 }).limit(limit).lean<Row[]>();
      return rows.map(runOf);
    },
    removeBefore: async (moment) => {
      const { deletedCount } = await model.deleteMany({ startedAt: trusted({ $lt: moment }) });
      return deletedCount;
    },
  };
}
