import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { wireAudit } from '../../src/audit/audit.wiring.ts';
import type { AuditSlice } from '../../src/audit/audit.wiring.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let audit: AuditSlice;
let ids = 0;
let now = new Date('2026-10-20T00:00:00Z');
beforeAll(async () => {
  database = await openTestDatabase();
  const clock = { now: () => now };
  audit = wireAudit({ connection: database.connection, clock, newId: () => `event-${(ids += 1)}` });
  await database.buildIndexes();
});
afterAll(async () => {
  await database.drop();
});

const login = { actor: 'a1', action: 'session.login', subject: 'account/a1', outcome: 'succeeded' } as const;

describe('an audit event', () => {
  test('is kept with the moment of the clock, and read newest first', async () => {
    await audit.recordAuditEvent({ ...login, requestId: 'r1' });
    now = new Date('2026-10-20T00:01:00Z');
    await audit.recordAuditEvent({ ...login, outcome: 'refused', fields: ['name', 'recipients'] });
    await audit.recordAuditEvent({ ...login, subject: 'period/2026-10' });

    expect(await audit.store.ofSubject('account/a1', 10)).toEqual([
      { ...login, id: 'event-2', at: now, outcome: 'refused', fields: ['name', 'recipients'] },
      { ...login, id: 'event-1', at: new Date('2026-10-20T00:00:00Z'), requestId: 'r1' },
    ]);
    expect(await audit.store.latest(2)).toHaveLength(2);
  });

  test('is never written over', async () => {
    const event = { ...login, id: 'event-1', at: now, outcome: 'failed' } as const;

    await expect(audit.store.append(event)).rejects.toThrow('E11000');
    expect(await audit.store.latest(10)).not.toContainEqual(event);
  });

  test('cannot carry a value beside the ids and names of fields', async () => {
    const secret = { ...login, id: 'event-9', at: now, before: '13800000000' };

    await expect(audit.store.append(secret)).rejects.toThrow('before');
  });

  test('rejects when it cannot be kept', async () => {
    const own = await openTestDatabase();
    const lost = wireAudit({
      connection: own.connection,
      clock: { now: () => now },
      newId: () => 'x',
    });
    await own.drop();

    await expect(lost.recordAuditEvent(login)).rejects.toThrow(/connect/i);
  });
});
