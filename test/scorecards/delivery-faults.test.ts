import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../src/scorecards/delivery.ts';
import { closingOfSeptember, head, openLedgerWorld } from '../support/delivery-ledger.ts';
import type { LedgerWorld } from '../support/delivery-ledger.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpBehaviour, SmtpTestServer } from '../support/smtp-server.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const minute = 60_000;
const hour = 60 * minute;

let database: TestDatabase;
let server: SmtpTestServer;
let world: LedgerWorld;

beforeAll(async () => {
  database = await openTestDatabase();
});

beforeEach(async () => {
  await database.connection.dropDatabase();
  server = await startSmtpServer();
  world = openLedgerWorld(database.connection, server.url, 1000);
});

afterEach(async () => {
  await world.mailer.close();
  await server.stop();
});

afterAll(async () => {
  await database.drop();
});

async function onlyRow(): Promise<Delivery> {
  const rows = await world.rows();
  expect(rows).toHaveLength(1);
  return rows[0] as Delivery;
}

describe('a fault of the mail server', () => {
  test.each<[string, SmtpBehaviour]>([
    ['421', { at: 'rcpt', code: 421 }],
    ['450', { at: 'rcpt', code: 450 }],
    ['451 after DATA', { at: 'data', code: 451 }],
    ['silence before DATA', { at: 'stall-before-data' }],
    ['a cut before DATA', { at: 'drop-before-data' }],
  ])('%s is tried again after the wait, under the same Message-ID', async (_what, behaviour) => {
    server.behave('li@hospital.test', behaviour);
    const { deliver, reconcile } = world.instance();
    await reconcile();
    expect(await onlyRow()).toMatchObject({
      state: 'queued',
      reason: 'deferred',
      nextAttemptAt: new Date(closingOfSeptember.getTime() + 5 * minute),
    });

    server.behave('li@hospital.test', null);
    world.clock.advance(5 * minute - 1);
    await deliver.run();
    expect(server.mails).toHaveLength(0);
    world.clock.advance(1);
    await deliver.run();

    const row = await onlyRow();
    expect(row.state).toBe('accepted');
    expect(server.mails).toHaveLength(1);
    expect(new Set(row.attempts.map(({ messageId }) => messageId)).size).toBe(1);
    expect(row.attempts.map(({ n, outcome }) => [n, outcome])).toEqual([
      [1, 'rejected'],
      [2, 'accepted'],
    ]);
  });

  test('that goes on ends after the last try, with an alarm', async () => {
    server.behave('li@hospital.test', { at: 'rcpt', code: 450 });
    const { deliver, reconcile } = world.instance();
    await reconcile();
    for (let tries = 0; tries < 5; tries += 1) {
      world.clock.advance(6 * hour);
      await deliver.run();
    }

    const row = await onlyRow();
    expect(row).toMatchObject({ state: 'failed', reason: 'gave-up' });
    expect(row.attempts).toHaveLength(3);
    expect(world.alarms).toContain('A scorecard did not arrive.');
  });

  test('550 for one of ten fails that row at once and for good; nine arrive', async () => {
    const ten = Array.from({ length: 10 }, (_, index) => head(`r${String(index)}@hospital.test`));
    world.departments.set('cardiology', ten);
    server.behave('r3@hospital.test', { at: 'rcpt', code: 550 });
    const { reconcile } = world.instance();

    await reconcile();
    world.clock.advance(hour);
    await reconcile();

    const rows = await world.rows();
    expect(rows.filter(({ state }) => state === 'accepted')).toHaveLength(9);
    expect(rows.find(({ recipient }) => recipient.email === 'r3@hospital.test')).toMatchObject({
      state: 'failed',
      reason: 'refused',
      attempts: [{ outcome: 'rejected', reply: expect.stringContaining('550') }],
    });
    expect(server.mails).toHaveLength(9);
  });

  test.each<SmtpBehaviour>([{ at: 'stall-after-data' }, { at: 'drop-after-data' }])(
    'after DATA leaves the row unknown and is not tried again by itself: %j',
    async (behaviour) => {
      server.behave('li@hospital.test', behaviour);
      const { reconcile } = world.instance();
      await reconcile();
      server.behave('li@hospital.test', null);
      world.clock.advance(48 * hour);
      await reconcile();

      expect(await onlyRow()).toMatchObject({ state: 'unknown', reason: 'connection-lost' });
      expect(server.mails).toHaveLength(1);
    },
  );

  test.each(['login', 'greeting', 'sender'])(
    'that no mail can pass (%s) ends the run after the first and sends all when it is over',
    async (fault) => {
      for (const code of ['a', 'b', 'c', 'd', 'e'])
        world.departments.set(code, [head(`${code}@hospital.test`)]);
      if (fault === 'login') server.refuseLogins(true);
      if (fault === 'greeting') server.refuseConnections(554);
      if (fault === 'sender') server.behave('*', { at: 'mail-from', code: 550 });
      const { reconcile } = world.instance();
      await reconcile();

      const rows = await world.rows();
      expect(rows.every(({ state }) => state === 'queued')).toBe(true);
      expect(rows.flatMap(({ attempts }) => attempts).length).toBeLessThanOrEqual(2);
      expect(world.alarms.length).toBeGreaterThan(0);

      server.refuseLogins(false);
      server.refuseConnections(null);
      server.behave('*', null);
      world.clock.advance(hour);
      await reconcile();
      expect(server.mails).toHaveLength(6);
      expect((await world.rows()).every(({ state }) => state === 'accepted')).toBe(true);
    },
  );
});
