import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../src/scorecards/delivery.ts';
import { head, openLedgerWorld } from '../support/delivery-ledger.ts';
import type { LedgerWorld } from '../support/delivery-ledger.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpTestServer } from '../support/smtp-server.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

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

describe('a mail', () => {
  test('has a Message-ID made of period, department, revision, recipient and sending', async () => {
    await world.instance().reconcile();

    const row = await onlyRow();
    expect(row).toMatchObject({ state: 'accepted', sending: 1, reason: null, leaseUntil: null });
    expect(row.attempts).toMatchObject([{ n: 1, outcome: 'accepted', reply: expect.stringMatching(/^250/) }]);
    const hash = row.id.split(':')[3] ?? '';
    expect(hash).toMatch(/^[0-9a-f]{16}$/);
    expect(server.mails[0]?.parsed.messageId).toBe(
      `<scorecard.2026-09.cardiology.r1.${hash}.1@hospital.test>`,
    );
  });

  test('goes to each recipient once, in two spellings of one mailbox too', async () => {
    world.departments.set('cardiology', [
      head('Li@Hospital.test'),
      head('li@hospital.test '),
      head('b@c.test'),
    ]);

    await world.instance().reconcile();

    expect(server.mails.flatMap(({ envelope }) => envelope.to).toSorted()).toEqual([
      'b@c.test',
      'li@hospital.test',
    ]);
    expect(await world.rows()).toHaveLength(2);
  });

  test('that cannot be rendered fails its row and leaves the others alone', async () => {
    world.departments.set('surgery', [head('wang@hospital.test')]);
    const broken = world.instance({
      renderScorecardMail: (period, code) =>
        code === 'cardiology'
          ? Promise.reject(new Error('no template'))
          : Promise.resolve({ subject: code, text: period, html: period }),
    });

    await broken.reconcile();

    expect(await world.rows()).toMatchObject([
      { departmentCode: 'cardiology', state: 'failed', reason: 'render-failed' },
      { departmentCode: 'surgery', state: 'accepted' },
    ]);
    expect(server.mails.map(({ envelope }) => envelope.to)).toEqual([['wang@hospital.test']]);
  });

  test('to an address that would reach somebody else is never sent, and its row says why', async () => {
    world.departments.set('cardiology', [
      head('li@hospital.test, thief@evil.test'),
      head('a@b.c\r\nBcc: z@z.z'),
    ]);

    await world.instance().reconcile();

    expect(await world.rows()).toMatchObject([
      { state: 'failed', reason: 'address-unusable' },
      { state: 'failed', reason: 'address-unusable' },
    ]);
    expect(server.connections()).toBe(0);
  });

  test('does not go to a person who has left between planning and sending', async () => {
    server.refuseConnections(421);
    await world.instance().reconcile();
    server.refuseConnections(null);
    world.departments.set('cardiology', [head('new@hospital.test')]);

    await world.instance().reconcile();

    expect(server.mails.map(({ envelope }) => envelope.to)).toEqual([['new@hospital.test']]);
    const left = (await world.rows()).find(({ recipient }) => recipient.email === 'li@hospital.test');
    expect(left).toMatchObject({ state: 'failed', reason: 'recipient-removed' });
  });
});

describe('stopping', () => {
  test('finishes the mail in flight and takes no further one', async () => {
    for (const code of ['a', 'b', 'c', 'd', 'e'])
      world.departments.set(code, [head(`${code}@hospital.test`)]);
    server.behave('*', { at: 'hold' });
    const { reconcile, stop } = world.instance();
    const running = reconcile();
    await server.arrived(2);

    const stopping = stop();
    server.release();
    await Promise.all([running, stopping]);

    const states = (await world.rows()).map(({ state }) => state).toSorted();
    expect(states).toEqual(['accepted', 'accepted', 'queued', 'queued', 'queued', 'queued']);
    expect(server.mails).toHaveLength(2);
  });
});
