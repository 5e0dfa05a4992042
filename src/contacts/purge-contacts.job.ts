import type { Job } from '../jobs/job.ts';

/** Every night, erases contacts whose time is over. */
export function createPurgeContactsJob(deps: {
  readonly schedule: string;
  readonly purge: (now: Date) => Promise<number>;
}): Job {
  return {
    name: 'purge-contacts',
    schedule: deps.schedule,
    run: async (now) => {
      await deps.purge(now);
    },
  };
}
