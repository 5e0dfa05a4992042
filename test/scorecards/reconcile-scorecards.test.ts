import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { closingOfSeptember, head, openLedgerWorld } from '../support/delivery-ledger.ts';
import type { LedgerWorld } from '../support/delivery-ledger.ts';
import type { PeriodRecord } from '../../src/scorecards/scorecard.ts';
import { deepRuns } from '../support/deep.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpTestServer } from '../support/smtp-server.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const hour = 3_600_000;
const day = 24 * hour;

let database: TestDatabase;
let server: SmtpTestServer;
let world: LedgerWorld;

beforeAll(async () => {
  database = await openTestDatabase();
});

beforeEach(async () => {
  await database.connection.dropDatabase();
  server = await startSmtpServer();
  world = openLedgerWorld(database.connection, server.url);
});

afterEach(async () => {
  await world.mailer.close();
  await server.stop();
});

afterAll(async () => {
  await database.drop();
});

function addDepartments(count: number): void {
  for (let index = 0; index < count; index += 1) {
    world.departments.set(`d${String(index)}`, [head(`d${String(index)}@hospital.test`)]);
  }
}

function receivers(): readonly string[] {
  return server.mails.flatMap(({ envelope }) => envelope.to).toSorted();
}

const revisionTwo = (period: string): PeriodRecord => ({
  period,
  revision: 2,
  cutoffAt: world.clock.now(),
  closedAt: world.clock.now(),
  closedBy: 'account-1',
  reason: '补录纸质问卷',
  departmentCodes: ['cardiology'],
  contentHash: 'hash-2',
});

describe('a revision', () => {
  test('is mailed once, and the first revision that still waits is not sent after it', async () => {
    server.behave('li@hospital.test', { at: 'rcpt', code: 450 });
    await world.instance().reconcile();
    expect(await world.rows()).toMatchObject([{ revision: 1, state: 'queued', reason: 'deferred' }]);
    server.behave('li@hospital.test', null);
    world.closed.set('2026-09', revisionTwo('2026-09'));
    world.clock.advance(hour);

    await world.instance().reconcile();
    await world.instance().reconcile();

    expect(await world.rows()).toMatchObject([
      { revision: 1, state: 'failed', reason: 'superseded' },
      { revision: 2, state: 'accepted' },
    ]);
    expect(server.mails).toHaveLength(1);
  });

  test('of a month too old to be closed by itself is mailed too, and asked-for ones are completed first', async () => {
    const completed: string[] = [];
    const { reconcile } = world.instance({
      completeRevisions: async () => {
        completed.push('2025-01');
        world.closed.set('2025-01', revisionTwo('2025-01'));
      },
    });

    await reconcile();

    expect(completed).toEqual(['2025-01']);
    expect(await world.rows('2025-01')).toMatchObject([{ revision: 2, state: 'accepted' }]);
  });
});

describe('the month', () => {
  test('closes at 08:00 on the 10th working day, with 1–7 October off and Saturday the 10th worked, not a moment before', async () => {
    const { reconcile } = world.instance();
    world.clock.set(new Date(closingOfSeptember.getTime() - 1));
    await reconcile();
    expect(world.closed.size).toBe(0);

    world.clock.set(closingOfSeptember);
    await reconcile();

    expect([...world.closed.keys()]).toEqual(['2026-09']);
    expect(receivers()).toEqual(['li@hospital.test']);
  });

  test('that was missed while the process was down is caught up once', async () => {
    world.clock.advance(3 * day);
    await world.instance().reconcile();
    await world.instance().reconcile();
    world.clock.advance(hour);
    await world.instance().reconcile();
    expect(receivers()).toEqual(['li@hospital.test']);
  });

  test('that an office closed early is mailed too', async () => {
    world.clock.advance(-5 * day);
    await world.instance().reconcile();
    expect(server.mails).toHaveLength(0);
    world.closed.set('2026-09', {
      period: '2026-09',
      revision: 1,
      cutoffAt: world.clock.now(),
      closedAt: world.clock.now(),
      closedBy: 'account-1',
      departmentCodes: ['cardiology'],
      contentHash: 'hash',
    });
    await world.instance().reconcile();
    expect(receivers()).toEqual(['li@hospital.test']);
  });

  test('that fails does not hold up another', async () => {
    world.first = '2026-08';
    const { reconcile } = world.instance({
      closeMonth: (period) =>
        period === '2026-08'
          ? Promise.reject(new Error('a broken form'))
          : Promise.resolve({
              period,
              revision: 1,
              cutoffAt: world.clock.now(),
              closedAt: world.clock.now(),
              closedBy: 'system',
              departmentCodes: ['cardiology'],
              contentHash: 'hash',
            }),
    });

    await expect(reconcile()).rejects.toThrow(/Not every month/);

    expect(server.mails.map(({ parsed }) => parsed.subject)).toEqual(['cardiology 2026-09']);
    expect(world.alarms).toContain('A month could not be closed or planned.');
  });

  test('of long ago is not mailed because somebody imports old answers', async () => {
    world.first = '2019-01';
    await world.instance().reconcile();
    expect([...world.closed.keys()]).toEqual(['2026-07', '2026-08', '2026-09']);
  });

  test('is not mailed to a person who becomes a recipient long after it closed', async () => {
    await world.instance().reconcile();
    world.departments.set('cardiology', [head('new@hospital.test')]);
    world.clock.advance(40 * day);

    await world.instance().reconcile();

    expect(server.mails.map(({ envelope, parsed }) => [envelope.to[0], parsed.subject])).toEqual([
      ['li@hospital.test', 'cardiology 2026-09'],
      ['new@hospital.test', 'cardiology 2026-10'],
    ]);
  });

  test('without any data closes nothing', async () => {
    world.first = null;
    await world.instance().reconcile();
    expect(world.closed.size).toBe(0);
  });
});

describe('one mail per row', () => {
  test('when two instances cross the slot at once', async () => {
    const departments = deepRuns(15, 300);
    addDepartments(departments);
    const instances = [world.instance(), world.instance(), world.instance()];

    await Promise.all(instances.map(({ reconcile }) => reconcile()));

    expect(receivers()).toEqual([...new Set(receivers())]);
    expect(server.mails).toHaveLength(departments + 1);
    const rows = await world.rows();
    expect(rows).toHaveLength(departments + 1);
    expect(rows.every(({ state, attempts }) => state === 'accepted' && attempts.length === 1)).toBe(true);
  });

  test('when one process is woken twice at once', async () => {
    addDepartments(5);
    const { reconcile, deliver } = world.instance();
    await Promise.all([reconcile(), reconcile(), deliver.run(), deliver.run()]);
    await reconcile();
    expect(server.mails).toHaveLength(6);
  });

  test('when the clock jumps forward 11 h and back 1 h', async () => {
    addDepartments(5);
    const { reconcile } = world.instance();
    for (const jump of [11 * hour, -hour, hour, -hour, 11 * hour]) {
      await reconcile();
      world.clock.advance(jump);
    }
    await reconcile();
    expect(receivers()).toEqual([...new Set(receivers())]);
    expect(server.mails).toHaveLength(6);
  });

  test('when the clock goes back between planning and sending, no later than an hour', async () => {
    server.refuseConnections(421);
    await world.instance().reconcile();
    server.refuseConnections(null);
    world.clock.advance(-hour);
    await world.instance().reconcile();
    world.clock.advance(hour);
    await world.instance().reconcile();
    expect(receivers()).toEqual(['li@hospital.test']);
  });
});
