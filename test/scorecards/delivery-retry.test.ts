import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { changeAfter, waitAfterDeferral } from '../../src/scorecards/delivery-retry.ts';
import type { RetryPolicy } from '../../src/scorecards/delivery-retry.ts';
import { deliveryId, messageIdOf } from '../../src/scorecards/delivery.ts';
import type { Delivery } from '../../src/scorecards/delivery.ts';

const minute = 60_000;
const policy: RetryPolicy = { firstWaitMs: 5 * minute, longestWaitMs: 360 * minute, maxTries: 10 };
const now = new Date('2026-10-20T00:00:00Z');

const row: Delivery = {
  id: '2026-09:cardiology:r1:0011223344556677',
  period: '2026-09',
  departmentCode: 'cardiology',
  revision: 1,
  recipient: { name: '李伟', email: 'li@hospital.test', language: 'zh-Hans', role: 'department-head' },
  state: 'sending',
  sending: 1,
  attempts: [],
  reason: null,
  nextAttemptAt: now,
  leaseUntil: now,
};

describe('the wait after a deferral', () => {
  test('doubles from 5 minutes to at most 6 hours', () => {
    const waits = [1, 2, 3, 6, 7, 8, 30].map((n) => waitAfterDeferral(n, policy, 0) / minute);
    expect(waits).toEqual([5, 10, 20, 160, 320, 360, 360]);
  });

  test('is never more than the longest, never less than four fifths of the full wait, never shorter after one more', () => {
    const random = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), random, (n, chance) => {
        const wait = waitAfterDeferral(n, policy, chance);
        const full = waitAfterDeferral(n, policy, 0);
        expect(wait).toBeLessThanOrEqual(full);
        expect(wait).toBeGreaterThanOrEqual(full * 0.8 - 1);
        expect(waitAfterDeferral(n + 1, policy, chance)).toBeGreaterThanOrEqual(wait);
      }),
    );
  });
});

test('a row goes back to the queue only when its mail is certainly not delivered', () => {
  const outcome = fc.oneof(
    fc.record({ kind: fc.constant('accepted' as const), reply: fc.string() }),
    fc.record({ kind: fc.constant('unknown' as const), reason: fc.string() }),
    fc.record({ kind: fc.constant('unavailable' as const), reason: fc.string() }),
    fc.record({ kind: fc.constant('rejected' as const), permanent: fc.boolean(), reply: fc.string() }),
  );
  fc.assert(
    fc.property(outcome, (result) => {
      const { state } = changeAfter(row, result, { policy, now, random: 0 });
      const certainlyNot = result.kind === 'unavailable' || (result.kind === 'rejected' && !result.permanent);
      expect(state === 'queued').toBe(certainlyNot);
    }),
  );
});

test('the key and the Message-ID say period, department, revision, recipient and sending', () => {
  const key = deliveryId(
    { period: '2026-09', departmentCode: 'cardiology', revision: 2 },
    '0011223344556677',
  );
  expect(key).toBe('2026-09:cardiology:r2:0011223344556677');
  expect(messageIdOf({ id: key, sending: 3 }, 'hospital.cn')).toBe(
    'scorecard.2026-09.cardiology.r2.0011223344556677.3@hospital.cn',
  );
});

test('a Message-ID holds only what a Message-ID may hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (departmentCode) => {
      const id = deliveryId({ period: '2026-09', departmentCode, revision: 1 }, '0011223344556677');
      expect(messageIdOf({ id, sending: 1 }, 'h.cn')).toMatch(/^[A-Za-z0-9._-]+@h\.cn$/);
    }),
  );
});
