import type { Clock } from '../shared/clock.ts';
import { errorNameOf, runIdOf } from './job.ts';
import type { Job, RunTrigger } from './job.ts';
import type { JobRunStore } from './job-run.store.ts';

/** What running a job needs from outside. */
export interface RunJobDeps {
  readonly store: Pick<JobRunStore, 'claim' | 'finish'>;
  readonly clock: Clock;
  readonly host: string;
  /** Told of every error of a job, and of the ledger. */
  readonly onError: (job: string, error: unknown) => void;
}

/** What became of a wake-up: `skipped` when the slot had been taken, by another instance or by ourselves. */
export type RunResult = 'succeeded' | 'failed' | 'skipped';

/** Runs a job for a slot, at most once a slot over all instances. Never rejects. */
export type RunJob = (job: Job, slot: Date, trigger: RunTrigger) => Promise<RunResult>;

async function attempt(deps: RunJobDeps, job: Job): Promise<string | null> {
  try {
    await job.run(deps.clock.now());
    return null;
  } catch (error) {
    deps.onError(job.name, error);
    return errorNameOf(error);
  }
}

/**
 * Claims the slot in the run ledger, runs the job and notes how it ended. A process that dies in between leaves a row without an end. While
 * the ledger cannot be reached nothing runs: the next slot, or the next start, does what is due.
 */
export function createRunJob(deps: RunJobDeps): RunJob {
  return async (job, slot, trigger) => {
    const id = runIdOf(job.name, slot, trigger, deps.host);
    const row = { id, job: job.name, trigger, host: deps.host, startedAt: deps.clock.now() };
    try {
      if (!(await deps.store.claim(row))) return 'skipped';
      const error = await attempt(deps, job);
      const outcome = error === null ? 'succeeded' : 'failed';
      await deps.store.finish(id, { endedAt: deps.clock.now(), outcome, error });
      return outcome;
    } catch (error) {
      deps.onError(job.name, error);
      return 'failed';
    }
  };
}
