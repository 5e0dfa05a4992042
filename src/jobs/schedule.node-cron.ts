import { createTask, validate } from 'node-cron';
import type { RunTrigger } from './job.ts';

/** A wake-up: its name, when, and what to call with the slot it stands for. */
export interface Waker {
  readonly name: string;
  readonly schedule: string;
  /** Never rejects. */
  readonly wake: (slot: Date, trigger: RunTrigger) => Promise<void>;
}

/** A running schedule. */
export interface Schedule {
  /** When each waker is next due; null for one whose expression never comes true again. */
  readonly nextRuns: () => Readonly<Record<string, Date | null>>;
  /** Wakes nobody any more and waits for those that run, at most `timeoutMs`; true when all have ended. */
  readonly stop: (timeoutMs: number) => Promise<boolean>;
  /** Wakes every waker that is not running, as at the start of a process; resolves when they have ended. */
  readonly wakeAll: (now: Date) => Promise<void>;
}

/** A heartbeat that comes this late still counts as its slot; later ones come as missed, and wake as well. */
const lateToleranceMs = 300_000;

/** Whether an expression is cron that can be run. */
export function isValidSchedule(expression: string): boolean {
  try {
    return validate(expression);
  } catch {
    return false;
  }
}

/** Whether a zone is one of the IANA names this Node knows. */
export function isValidTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

async function within(timeoutMs: number, work: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([work.then(() => true), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Starts wakers in a time zone. One that still runs is not woken again in this process. A machine that slept through slots wakes each waker
 * once when it is back. Throws an Error on an expression or a zone that is not valid, and starts nothing then.
 */
export function startSchedule(wakers: readonly Waker[], timeZone: string): Schedule {
  if (!isValidTimeZone(timeZone)) throw new Error('The time zone is not an IANA name such as Asia/Shanghai.');
  const faulty = wakers.filter(({ schedule }) => !isValidSchedule(schedule)).map(({ name }) => name);
  if (faulty.length > 0) throw new Error(`The schedule is no cron expression of: ${faulty.join(', ')}.`);
  const running = new Map<string, Promise<void>>();
  let stopped = false;

  const wake = (waker: Waker, slot: Date, trigger: RunTrigger): Promise<void> => {
    const before = running.get(waker.name);
    if (stopped || before) return before ?? Promise.resolve();
    const run = waker.wake(slot, trigger).finally(() => running.delete(waker.name));
    running.set(waker.name, run);
    return run;
  };
  const tasks = wakers.map((waker) => {
    const task = createTask(waker.schedule, ({ date }) => wake(waker, date, 'schedule'), {
      name: waker.name,
      timezone: timeZone,
      noOverlap: true,
      missedExecutionTolerance: lateToleranceMs,
      suppressMissedWarning: true,
    });
    task.on('execution:missed', ({ date }) => wake(waker, date, 'schedule'));
    void task.start();
    return { waker, task };
  });
  return {
    nextRuns: () => Object.fromEntries(tasks.map(({ waker, task }) => [waker.name, task.getNextRun()])),
    stop: async (timeoutMs) => {
      stopped = true;
      for (const { task } of tasks) await task.destroy();
      return within(timeoutMs, Promise.allSettled(running.values()));
    },
    wakeAll: async (now) => {
      await Promise.all(wakers.map((waker) => wake(waker, now, 'start')));
    },
  };
}
