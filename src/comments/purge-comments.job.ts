import type { Job } from '../jobs/job.ts';

/** Every night, erases what was decided about words that are erased. */
export function createPurgeCommentsJob(deps: {
  readonly schedule: string;
  readonly purge: () => Promise<number>;
}): Job {
  return {
    name: 'purge-comments',
    schedule: deps.schedule,
    run: async () => {
      await deps.purge();
    },
  };
}
