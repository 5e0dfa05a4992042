import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Job } from '../../src/jobs/job.ts';
import { createJobRunStore } from '../../src/jobs/job-run.store.ts';
import type { JobRunStore } from '../../src/jobs/job-run.store.ts';
import { createRunJob } from '../../src/jobs/run-job.ts';
import { DomainError } from '../../src/shared/domain-error.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const now = new Date('2026-10-20T00:00:03Z');
const slot = new Date('2026-10-20T00:00:00Z');
const clock = { now: () => now };
let database: TestDatabase;
let store: JobRunStore;
let runs: Date[];
let errors: unknown[];
let job: Job;
let names = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  store = createJobRunStore(database.connection);
  await database.buildIndexes();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(() => {
  runs = [];
  errors = [];
  job = {
    name: `job-${(names += 1)}`,
    schedule: '0 8 * * *',
    run: (at) => {
      runs.push(at);
      return Promise.resolve();
    },
  };
});

const runner = (host: string) =>
  createRunJob({ store, clock, host, onError: (name, error) => errors.push([name, error]) });
function failing(thrown: unknown): Job {
  return { ...job, run: () => Promise.reject(thrown) };
}

describe('running a job', () => {
  test('many instances over one slot run it once', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => runner(`host-${index}`)(job, slot, 'schedule')),
    );

    expect(runs).toEqual([now]);
    expect(results.filter((result) => result === 'succeeded')).toHaveLength(1);
    expect(results.filter((result) => result === 'skipped')).toHaveLength(19);
    expect(await store.latest(job.name, 10)).toEqual([
      expect.objectContaining({
        id: `${job.name}:2026-10-20T00:00Z`,
        startedAt: now,
        endedAt: now,
        outcome: 'succeeded',
        error: null,
      }),
    ]);
  });

  test('two slots are two runs, and seconds within the minute are one', async () => {
    const run = runner('a');
    await run(job, slot, 'schedule');

    expect(await run(job, new Date('2026-10-20T00:00:59Z'), 'schedule')).toBe('skipped');
    expect(await run(job, new Date('2026-10-20T00:01:00Z'), 'schedule')).toBe('succeeded');
  });

  test('each instance catches up at its start, whether or not the slot has run', async () => {
    await runner('a')(job, slot, 'schedule');

    expect(await runner('a')(job, slot, 'start')).toBe('succeeded');
    expect(await runner('b')(job, slot, 'start')).toBe('succeeded');
    expect(runs).toHaveLength(3);
  });

  test('an error is recorded by its name and code, told with its cause, and never thrown', async () => {
    const error = new DomainError('conflict', 'period_closed', 'words about somebody');

    expect(await runner('a')(failing(error), slot, 'schedule')).toBe('failed');

    expect(errors).toEqual([[job.name, error]]);
    const [run] = await store.latest(job.name, 1);
    expect(run).toMatchObject({ outcome: 'failed', error: 'DomainError period_closed', endedAt: now });
    expect(JSON.stringify(run)).not.toContain('somebody');
  });

  test('whatever is thrown is recorded', async () => {
    await runner('a')(failing('text'), slot, 'schedule');

    expect((await store.latest(job.name, 1))[0]).toMatchObject({ outcome: 'failed', error: 'unknown' });
  });

  test('a run whose process died stays visible without an end, and its slot is not run again', async () => {
    await store.claim({
      id: `${job.name}:2026-10-20T00:00Z`,
      job: job.name,
      trigger: 'schedule',
      host: 'dead',
      startedAt: now,
    });

    expect(await runner('b')(job, slot, 'schedule')).toBe('skipped');
    expect((await store.latest(job.name, 1))[0]).toMatchObject({
      endedAt: null,
      outcome: null,
      host: 'dead',
    });
  });

  test('nothing runs while the ledger cannot be reached, and the error is told', async () => {
    const own = await openTestDatabase();
    const lost = createJobRunStore(own.connection);
    await own.drop();
    const run = createRunJob({ store: lost, clock, host: 'a', onError: (name) => errors.push(name) });

    expect(await run(job, slot, 'schedule')).toBe('failed');
    expect([runs, errors]).toEqual([[], [job.name]]);
  });
});
