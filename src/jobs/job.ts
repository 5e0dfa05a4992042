/** Work that a schedule wakes. It is idempotent: running it once more, or late, does no harm. */
export interface Job {
  /** Stable name, part of the run ledger's key. */
  readonly name: string;
  /** Cron expression in the hospital's time zone. */
  readonly schedule: string;
  /** Does what is due at `now`. */
  run(now: Date): Promise<void>;
}

/** Why a run began: its schedule, or the start of the process, which catches up what was missed while it was down. */
export type RunTrigger = 'schedule' | 'start';

/** One run of a job, as the ledger keeps it. */
export interface JobRun {
  readonly id: string;
  readonly job: string;
  readonly trigger: RunTrigger;
  /** Host and process that ran it. */
  readonly host: string;
  readonly startedAt: Date;
  /** Null while it runs, and for ever when the process died in it. */
  readonly endedAt: Date | null;
  readonly outcome: 'succeeded' | 'failed' | null;
  /** Class and code of the error, never its message. */
  readonly error: string | null;
}

/**
 * The ledger's key of a run. A scheduled run is named by its minute, so that many instances run it once; a run at start by its host too, as
 * each start catches up: `reconcile:2026-10-20T00:00Z`, `reconcile:2026-10-20T09:13Z:start:host#17`.
 */
export function runIdOf(job: string, slot: Date, trigger: RunTrigger, host: string): string {
  const minute = `${job}:${slot.toISOString().slice(0, 16)}Z`;
  return trigger === 'schedule' ? minute : `${minute}:start:${host}`;
}

/** Class and code of whatever was thrown, without its message, which may repeat a value: `DomainError period_closed`. */
export function errorNameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name;
}
