import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hostName } from '../../src/jobs/host-name.node.ts';
import type { Job } from '../../src/jobs/job.ts';
import { wireJobs } from '../../src/jobs/jobs.wiring.ts';
import { silentLogger } from '../../src/shared/logger.ts';
import { eventually } from '../support/eventually.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const now = new Date('2026-10-20T03:04:05Z');
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

const wire = (jobs: readonly Job[], log = silentLogger) =>
  wireJobs({
    connection: database.connection,
    jobs,
    timeZone: 'Asia/Shanghai',
    clock: { now: () => now },
    log,
    host: hostName(),
    runAtStart: true,
  });
const job = (name: string, run: Job['run'], schedule = '0 8 * * *'): Job => ({ name, schedule, run });

const run: Job['run'] = () => Promise.resolve();

describe('the jobs of a process', () => {
  test('run once at start, and one that fails holds back no other', async () => {
    const ran: Date[] = [];
    const told: unknown[] = [];
    const jobs = wire(
      [
        job('bad', () => Promise.reject(new TypeError('x'))),
        job('good', (at) => Promise.resolve(void ran.push(at))),
      ],
      { ...silentLogger, error: (fields) => told.push(fields) },
    );

    await jobs.start();
    await jobs.start();
    const [bad] = await eventually('both runs', async () => {
      const rows = [...(await jobs.store.latest('bad', 5)), ...(await jobs.store.latest('good', 5))];
      return rows.length === 2 && rows.every(({ endedAt }) => endedAt) && rows;
    });

    expect(Object.keys(jobs.nextRuns())).toEqual(['bad', 'good']);
    expect(await jobs.stop(1000)).toBe(true);
    expect(ran).toEqual([now]);
    expect(bad).toMatchObject({ trigger: 'start', outcome: 'failed', error: 'TypeError' });
    expect(told).toHaveLength(1);
  });

  test('forget runs older than 400 days at start and keep the others', async () => {
    const jobs = wire([]);
    const claim = (id: string, startedAt: Date) =>
      jobs.store.claim({ id, job: 'old', trigger: 'schedule', host: 'h', startedAt });
    await claim('old:1', new Date(now.getTime() - 400 * 86_400_000 - 1));
    await claim('old:2', new Date(now.getTime() - 400 * 86_400_000));

    await jobs.start();
    await jobs.stop(0);

    expect((await jobs.store.latest('old', 5)).map(({ id }) => id)).toEqual(['old:2']);
  });

  test('are refused with a schedule that is no cron expression, or a name twice', () => {
    expect(() => wire([job('a', run, 'x'), job('b', run, '0 8 * *')])).toThrow(/a, b/);
    expect(() => wire([job('a', run), job('a', run)])).toThrow(/same name/);
  });

  test('stopping before the start is harmless', async () => {
    expect(await wire([]).stop(1)).toBe(true);
  });
});
