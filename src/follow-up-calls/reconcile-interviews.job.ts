import type { Job } from '../jobs/job.ts';
import type { ReconcileResult } from './reconcile-interviews.ts';

/** Every hour, completes what a crash left half done and closes calls whose last day is over. */
export function createReconcileInterviewsJob(deps: {
  readonly schedule: string;
  readonly reconcile: () => Promise<ReconcileResult>;
}): Job {
  return {
    name: 'reconcile-interviews',
    schedule: deps.schedule,
    run: async () => {
      await deps.reconcile();
    },
  };
}
