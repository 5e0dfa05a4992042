import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { startSchedule } from '../../src/jobs/schedule.node-cron.ts';
import { closingOfSeptember, head, openLedgerWorld } from '../support/delivery-ledger.ts';
import type { LedgerWorld } from '../support/delivery-ledger.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpTestServer } from '../support/smtp-server.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const hour = 3_600_000;

function hourly(slots: string[]): ReturnType<typeof startSchedule> {
  const wake = (slot: Date): Promise<void> =>
    Promise.resolve(void slots.push(slot.toISOString().slice(0, 16)));
  return startSchedule([{ name: 'reconcile', schedule: '0 * * * *', wake }], 'Asia/Shanghai');
}

describe('the schedule of a machine whose clock is set', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-10-19T22:30:00Z') });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('eleven hours forward wakes what was due in them once, then goes on with the next hour', async () => {
    const slots: string[] = [];
    const schedule = hourly(slots);

    jest.setSystemTime(new Date('2026-10-20T09:30:00Z'));
    await jest.advanceTimersByTimeAsync(2 * hour);
    await schedule.stop(0);

    expect(slots[0]).toBe('2026-10-19T23:00');
    expect(slots.slice(1)).toEqual(['2026-10-20T10:00', '2026-10-20T11:00']);
  });

  test('one hour back names no slot twice that the ledger would run twice, and goes on with the next hour', async () => {
    const slots: string[] = [];
    const schedule = hourly(slots);
    await jest.advanceTimersByTimeAsync(hour);
    expect(slots).toEqual(['2026-10-19T23:00']);

    jest.setSystemTime(new Date('2026-10-19T22:30:00Z'));
    await jest.advanceTimersByTimeAsync(3 * hour);
    await schedule.stop(0);

    // The slot of 23:00 may be named again: the ledger's key is its minute, so that it runs once.
    expect([...new Set(slots)]).toEqual(['2026-10-19T23:00', '2026-10-20T00:00', '2026-10-20T01:00']);
  });
});

describe('the ledger of deliveries when the clock is set', () => {
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
    world.departments.set('surgery', [head('wang@hospital.test')]);
  });
  afterEach(async () => {
    await world.mailer.close();
    await server.stop();
  });
  afterAll(() => database.drop());

  const states = async (): Promise<readonly string[]> => (await world.rows()).map(({ state }) => state);

  test('one hour back after the mails were sent: nothing is closed or mailed again', async () => {
    await world.instance().reconcile();
    const closed = world.closed.get('2026-09');

    world.clock.advance(-hour);
    await world.instance().reconcile();
    world.clock.set(closingOfSeptember);
    await world.instance().reconcile();

    expect(await states()).toEqual(['accepted', 'accepted']);
    expect(server.mails).toHaveLength(2);
    expect(world.closed.get('2026-09')).toBe(closed);
  });

  test('one hour back before a retry: the retry waits for its time and is neither lost nor sent twice', async () => {
    server.behave('*', { at: 'rcpt', code: 450 });
    await world.instance().reconcile();
    server.behave('*', null);

    world.clock.advance(-hour);
    await world.instance().reconcile();
    expect(server.mails).toHaveLength(0);
    world.clock.set(new Date(closingOfSeptember.getTime() + hour));
    await world.instance().reconcile();

    expect(await states()).toEqual(['accepted', 'accepted']);
    expect(server.mails).toHaveLength(2);
  });

  test('eleven hours forward while a mail is under way: it is unknown, then accepted, and never sent a second time', async () => {
    server.behave('*', { at: 'hold' });
    const running = world.instance().reconcile();
    await server.arrived(2);

    world.clock.advance(11 * hour);
    await world.instance().reconcile();
    expect(await states()).toEqual(['unknown', 'unknown']);
    server.release();
    await running;
    await world.instance().reconcile();

    expect(await states()).toEqual(['accepted', 'accepted']);
    expect(server.mails).toHaveLength(2);
  });

  test('one hour back while a mail is under way: its lease holds, and nobody else sends it', async () => {
    server.behave('*', { at: 'hold' });
    const running = world.instance().reconcile();
    await server.arrived(2);

    world.clock.advance(-hour);
    await world.instance().reconcile();
    expect(await states()).toEqual(['sending', 'sending']);
    server.release();
    await running;

    expect(await states()).toEqual(['accepted', 'accepted']);
    expect(server.mails).toHaveLength(2);
  });
});
