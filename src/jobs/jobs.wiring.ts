import type { Connection } from 'mongoose';
import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../shared/logger.ts';
import { errorNameOf } from './job.ts';
import type { Job, RunTrigger } from './job.ts';
import { createJobRunStore } from './job-run.store.ts';
import type { JobRunStore } from './job-run.store.ts';
import { createRunJob } from './run-job.ts';
import { isValidSchedule, startSchedule } from './schedule.node-cron.ts';
import type { Schedule } from './schedule.node-cron.ts';

const ledgerDays = 400;
const dayMs = 86_400_000;

/** What the jobs need from outside. */
export interface JobsDeps {
  readonly connection: Connection;
  readonly jobs: readonly Job[];
  readonly timeZone: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** This process, for the ledger: `hostName()`. */
  readonly host: string;
  /** Whether each job also runs once at start, to catch up what was missed while the process was down. */
  readonly runAtStart: boolean;
}

/** The jobs slice. */
export interface JobsSlice {
  /** Starts the schedule, then runs every job once when so configured; resolves without waiting for those. After the indexes. */
  readonly start: () => Promise<void>;
  /** Wakes nobody any more and waits for running jobs at most `timeoutMs`; true when all have ended. */
  readonly stop: (timeoutMs: number) => Promise<boolean>;
  /** When each job is next due. Empty before start. */
  readonly nextRuns: () => Readonly<Record<string, Date | null>>;
  readonly store: JobRunStore;
}

function checkJobs(jobs: readonly Job[]): void {
  const faulty = jobs.filter(({ schedule }) => !isValidSchedule(schedule)).map(({ name }) => name);
  if (faulty.length > 0) throw new Error(`The schedule is no cron expression of: ${faulty.join(', ')}.`);
  if (new Set(jobs.map(({ name }) => name)).size < jobs.length)
    throw new Error('Two jobs have the same name.');
}

// A driver's message may repeat a value, so the log gets the place only.
const placeOf = (error: unknown): string | undefined =>
  error instanceof Error
    ? error.stack
        ?.split('\n')
        .filter((line) => line.trimStart().startsWith('at '))
        .slice(0, 8)
        .join('\n')
    : undefined;

/** Builds the schedule of all jobs. Throws an Error at once when a schedule is not valid or a name stands twice. */
export function wireJobs(deps: JobsDeps): JobsSlice {
  checkJobs(deps.jobs);
  const { clock, log, host, jobs } = deps;
  const store = createJobRunStore(deps.connection);
  const onError = (job: string, error: unknown): void =>
    log.error({ job, error: errorNameOf(error), stack: placeOf(error) }, 'job failed');
  const runJob = createRunJob({ store, clock, host, onError });
  let schedule: Schedule | null = null;

  const prune = async (): Promise<void> => {
    try {
      await store.removeBefore(new Date(clock.now().getTime() - ledgerDays * dayMs));
    } catch (error) {
      onError('prune-job-runs', error);
    }
  };
  const wakers = jobs.map((job) => ({
    name: job.name,
    schedule: job.schedule,
    wake: async (slot: Date, trigger: RunTrigger) => {
      const result = await runJob(job, slot, trigger);
      log.debug({ job: job.name, trigger, result }, 'job woken');
    },
  }));
  return {
    store,
    start: async () => {
      if (schedule) return;
      schedule = startSchedule(wakers, deps.timeZone);
      await prune();
      if (deps.runAtStart) void schedule.wakeAll(clock.now());
    },
    stop: async (timeoutMs) => (schedule ? schedule.stop(timeoutMs) : true),
    nextRuns: () => schedule?.nextRuns() ?? {},
  };
}
