import type { Job } from '../jobs/job.ts';

/** Every night, ends what is kept no longer. */
export function createEndRetentionJob(deps: {
  readonly schedule: string;
  readonly end: (now: Date) => Promise<unknown>;
}): Job {
  return {
    name: 'end-retention',
    schedule: deps.schedule,
    run: async (now) => {
      await deps.end(now);
    },
  };
}

/** Every hour and at start, completes erasures that were broken off, and erases again what a restore brought back. */
export function createCompleteErasuresJob(deps: { readonly complete: (now: Date) => Promise<unknown> }): Job {
  return {
    name: 'complete-erasures',
    schedule: '23 * * * *',
    run: async (now) => {
      await deps.complete(now);
    },
  };
}
