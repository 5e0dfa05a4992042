import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { MailMessage, SendOutcome } from '../../src/mail/mailer.ts';
import type { Delivery } from '../../src/scorecards/delivery.ts';
import { openLedgerWorld } from '../support/delivery-ledger.ts';
import type { LedgerWorld } from '../support/delivery-ledger.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpTestServer } from '../support/smtp-server.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const hour = 3_600_000;

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

async function onlyRow(): Promise<Delivery> {
  const rows = await world.rows();
  expect(rows).toHaveLength(1);
  return rows[0] as Delivery;
}

describe('a crash', () => {
  test('between the acceptance and the ledger leaves the row unknown; it is not sent again', async () => {
    const crashed = world.instance({
      mailer: {
        send: async (message: MailMessage): Promise<SendOutcome> => {
          await world.mailer.send(message);
          throw new Error('the process dies here');
        },
      },
    });
    await expect(crashed.reconcile()).rejects.toThrow(/ledger of deliveries/);
    expect(await onlyRow()).toMatchObject({ state: 'sending' });

    const { reconcile } = world.instance();
    await reconcile();
    expect(await onlyRow()).toMatchObject({ state: 'sending' });
    world.clock.advance(hour);
    await reconcile();
    world.clock.advance(48 * hour);
    await reconcile();

    expect(await onlyRow()).toMatchObject({
      state: 'unknown',
      reason: 'lease-expired',
      attempts: [{ n: 1, outcome: 'unknown' }],
    });
    expect(server.mails).toHaveLength(1);
  });

  test('that was none, only a slow answer, becomes accepted when the same attempt succeeds late', async () => {
    server.behave('li@hospital.test', { at: 'hold' });
    const slow = world.instance();
    const running = slow.reconcile();
    await server.arrived(1);
    world.clock.advance(11 * hour);
    await world.instance().deliver.run();
    expect(await onlyRow()).toMatchObject({ state: 'unknown' });

    server.release();
    await running;

    expect(await onlyRow()).toMatchObject({ state: 'accepted', attempts: [{ n: 1, outcome: 'accepted' }] });
    expect(server.mails).toHaveLength(1);
  });

  test('does not let a late refusal reopen a row that a later attempt has ended', async () => {
    const { store, reconcile } = world.instance();
    await reconcile();
    const row = await onlyRow();
    await store.requeue(row.id, 1, world.clock.now());
    await world.instance().deliver.run();

    const change = { state: 'queued', reason: 'deferred', outcome: 'rejected', reply: 'late' } as const;
    const recorded = await store.record({
      id: row.id,
      n: 1,
      from: ['sending', 'unknown', 'accepted'],
      change: { ...change, nextAttemptAt: world.clock.now() },
      endedAt: world.clock.now(),
    });

    expect(recorded).toBe(false);
    expect(await onlyRow()).toMatchObject({ state: 'accepted', sending: 2 });
  });
});
