import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AuditSlice } from '../../src/audit/audit.wiring.ts';
import { createRequestAddresses } from '../../src/http/request-addresses.ts';
import { testAudit } from '../support/test-audit.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let audit: AuditSlice;
let now = new Date('2026-10-20T00:00:00Z');
const clock = { now: () => now };
const addresses = createRequestAddresses();
beforeAll(async () => {
  database = await openTestDatabase();
  audit = testAudit(database.connection, clock, { addressOf: addresses.addressOf });
  await database.buildIndexes();
});
afterAll(async () => {
  await database.drop();
});

const login = { actor: 'a1', action: 'session.login', subject: 'account/a1', outcome: 'succeeded' } as const;

describe('an audit event', () => {
  test('is kept with the moment of the clock and the address of its request, and read newest first', async () => {
    addresses.remember('r1', () => '10.1.2.3');
    await audit.recordAuditEvent({ ...login, requestId: 'r1' });
    addresses.forget('r1');
    now = new Date('2026-10-20T00:01:00Z');
    await audit.recordAuditEvent({ ...login, outcome: 'refused', fields: ['name', 'recipients'] });
    await audit.recordAuditEvent({ ...login, subject: 'period/2026-10' });

    expect(await audit.store.ofSubject('account/a1', 10)).toMatchObject([
      { ...login, at: now, outcome: 'refused', fields: ['name', 'recipients'] },
      { ...login, at: new Date('2026-10-20T00:00:00Z'), requestId: 'r1', address: '10.1.2.3' },
    ]);
    expect(await audit.store.latest(2)).toHaveLength(2);
  });

  test('is never written over', async () => {
    const [{ chain, seq }] = (await database.connection
      .collection('auditEvents')
      .find()
      .toArray()) as never as [{ chain: string; seq: number }];
    const event = { ...login, at: now, chain, seq, previous: '', mac: 'x', actor: 'somebody else' };

    await expect(audit.store.append([event])).rejects.toThrow('E11000');
    expect(await audit.verify()).toMatchObject({ events: 3, problemCount: 0 });
  });

  test('cannot carry a value beside the ids and names of fields', async () => {
    const secret = { ...login, before: '13800000000' };

    await audit.recordAuditEvent(secret);

    expect(JSON.stringify(await audit.store.latest(1))).not.toContain('13800000000');
  });

  test('keeps its code whatever characters an id brings', async () => {
    await audit.recordAuditEvent({ ...login, subject: `account/\uD800${'x'.repeat(3_000)}` });

    expect(await audit.verify()).toMatchObject({ problemCount: 0 });
  });

  test('rejects when it cannot be kept', async () => {
    const own = await openTestDatabase();
    const lost = testAudit(own.connection, clock);
    await own.drop();

    await expect(lost.recordAuditEvent(login)).rejects.toThrow(/connect/i);
  });
});
