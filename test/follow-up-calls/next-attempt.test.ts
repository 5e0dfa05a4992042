import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { callWindow, defaultCallRules as rules, opensCall } from '../../src/follow-up-calls/call-rules.ts';
import { dispositionCodes, ruleOf } from '../../src/follow-up-calls/disposition.ts';
import { canCallAt, dayPartOf, nextAttempt } from '../../src/follow-up-calls/next-attempt.ts';
import type { PastAttempt } from '../../src/follow-up-calls/next-attempt.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { deepRuns } from '../support/deep.ts';

const time = createHospitalTime('Asia/Shanghai');
const frame = { ...callWindow('2026-11-01', rules), rules, time };
const at = (date: string, clock: string): Date => time.momentOf(date, clock);
const tried = (
  date: string,
  clock: string,
  disposition: PastAttempt['disposition'] = 'no-answer',
  callBackAt: Date | null = null,
): PastAttempt => ({ disposition, startedAt: at(date, clock), callBackAt });
const nextOf = (past: readonly PastAttempt[], now: Date): string => {
  const next = nextAttempt(past, now, frame);
  return next.kind === 'at' ? time.format(next.at) : next.because;
};

describe('the next attempt', () => {
  test('of a fresh discharge is on its second day at nine', () => {
    expect(nextOf([], at('2026-11-01', '16:00'))).toBe('2026-11-03 09:00');
  });

  test('is never at noon nor after eight in the evening', () => {
    expect(nextOf([], at('2026-11-05', '12:30'))).toBe('2026-11-05 14:00');
    expect(nextOf([], at('2026-11-05', '20:00'))).toBe('2026-11-06 09:00');
  });

  test('after no answer is in another part of the day, then on another day, spread over two weeks', () => {
    const past = [tried('2026-11-03', '09:10')];
    expect(nextOf(past, at('2026-11-03', '09:12'))).toBe('2026-11-03 14:00');
    past.push(tried('2026-11-03', '14:00'));
    expect(nextOf(past, at('2026-11-03', '14:02'))).toBe('2026-11-04 18:00');
    past.push(tried('2026-11-04', '18:00'));
    expect(nextOf(past, at('2026-11-04', '18:02'))).toBe('2026-11-07 09:00');
    past.push(tried('2026-11-07', '09:00'));
    expect(nextOf(past, at('2026-11-07', '09:02'))).toBe('2026-11-14 14:00');
    past.push(tried('2026-11-14', '14:00'));
    expect(nextOf(past, at('2026-11-14', '14:02'))).toBe('max-attempts');
  });

  test('is at the time agreed with the patient, even in the same part of the day', () => {
    const agreed = at('2026-11-03', '11:30');
    const past = [tried('2026-11-03', '09:10', 'call-back', agreed)];
    expect(nextOf(past, at('2026-11-03', '09:12'))).toBe('2026-11-03 11:30');
  });

  test('after three busy lines in one day waits for the next day', () => {
    const past = ['09:10', '14:10', '18:10'].map((clock) => tried('2026-11-03', clock, 'busy'));
    expect(nextOf(past, at('2026-11-03', '18:12'))).toBe('2026-11-04 09:00');
  });

  test('after a break-off is on another day, once', () => {
    const past = [tried('2026-11-03', '09:10', 'break-off')];
    expect(nextOf(past, at('2026-11-03', '09:12'))).toBe('2026-11-04 14:00');
    expect(nextOf([...past, tried('2026-11-04', '14:00', 'break-off')], at('2026-11-04', '14:05'))).toBe(
      'final',
    );
  });

  test('is never on a quiet day: what falls due on 除夕 waits for 初三, also when a time was agreed', () => {
    const newYear = {
      ...callWindow('2026-02-14', rules),
      rules,
      time,
      isQuietDay: (date: string) => ['2026-02-16', '2026-02-17', '2026-02-18'].includes(date),
    };
    const agreed = {
      disposition: 'call-back' as const,
      startedAt: at('2026-02-15', '10:00'),
      callBackAt: at('2026-02-17', '15:00'),
    };

    const first = nextAttempt([], at('2026-02-14', '18:00'), newYear);
    const second = nextAttempt([agreed], at('2026-02-15', '10:05'), newYear);

    expect(first).toEqual({ kind: 'at', at: at('2026-02-19', '09:00') });
    expect(second).toEqual({ kind: 'at', at: at('2026-02-19', '09:00') });
    expect(canCallAt(at('2026-02-17', '15:00'), newYear)).toBe(false);
  });

  test('does not exist after the last day', () => {
    expect(nextOf([], at('2026-12-01', '19:59'))).toBe('2026-12-01 19:59');
    expect(nextOf([], at('2026-12-01', '20:00'))).toBe('window');
  });

  test('does not exist after a refusal or a death', () => {
    expect(nextOf([tried('2026-11-03', '09:10', 'refusal-patient')], at('2026-11-03', '09:12'))).toBe(
      'final',
    );
    expect(nextOf([tried('2026-11-03', '09:10', 'deceased')], at('2026-11-03', '09:12'))).toBe('final');
  });
});

test('an agreed time outside the hours or after the last day cannot be kept', () => {
  expect(canCallAt(at('2026-11-10', '10:00'), frame)).toBe(true);
  expect(canCallAt(at('2026-11-10', '12:30'), frame)).toBe(false);
  expect(canCallAt(at('2026-12-02', '10:00'), frame)).toBe(false);
});

test('deaths and 自动出院 open no call', () => {
  expect(
    ['home', 'transfer', 'other', null, 'died', 'against-advice'].map((way) =>
      opensCall(way as 'home', rules),
    ),
  ).toEqual([true, true, true, true, false, false]);
});

describe('whatever happens', () => {
  const minute = 60_000;
  const moment = fc
    .integer({ min: 0, max: 50 * 24 * 60 })
    .map((n) => new Date(at('2026-10-25', '00:00').getTime() + n * minute));
  /** A history as it happens: each attempt at a time the rules gave, somewhat later, with any outcome. */
  const steps = fc.array(
    fc.record({
      disposition: fc.constantFrom(...dispositionCodes),
      laterMinutes: fc.integer({ min: 0, max: 4000 }),
      agreed: fc.option(moment, { nil: null }),
    }),
    { maxLength: 8 },
  );
  const live = (
    history: readonly {
      disposition: PastAttempt['disposition'];
      laterMinutes: number;
      agreed: Date | null;
    }[],
  ): PastAttempt[] => {
    const past: PastAttempt[] = [];
    let now = at('2026-11-01', '08:00');
    for (const { disposition, laterMinutes, agreed } of history) {
      const later = new Date(now.getTime() + laterMinutes * minute);
      const next = nextAttempt(past, later, frame);
      if (next.kind === 'none') break;
      const callBackAt = ruleOf(disposition).retry === 'agreed' ? agreed : null;
      past.push({ disposition, startedAt: next.at, callBackAt });
      now = next.at;
    }
    return past;
  };
  const numRuns = deepRuns(300, 20_000);

  test('no attempt lies outside the hours or the window, and there are never more than five', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const past = live(history);
        expect(past.length).toBeLessThanOrEqual(rules.maxAttempts);
        for (const { startedAt } of past) {
          expect(dayPartOf(startedAt, rules, time)).toBeDefined();
          expect(time.dateOf(startedAt) >= frame.dueOn && time.dateOf(startedAt) <= frame.closesOn).toBe(
            true,
          );
        }
      }),
      { numRuns },
    );
  });

  test('nobody is called twice in one part of one day unless they asked for it', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const past = live(history);
        const unasked = past.filter((_, index) => !past[index - 1]?.callBackAt);
        for (const attempt of unasked) {
          const earlier = past.slice(0, past.indexOf(attempt));
          const slot = (each: PastAttempt): string =>
            `${time.dateOf(each.startedAt)} ${dayPartOf(each.startedAt, rules, time)?.from}`;
          expect(earlier.map(slot)).not.toContain(slot(attempt));
        }
      }),
      { numRuns },
    );
  });

  test('a later moment never gives an earlier attempt', () => {
    fc.assert(
      fc.property(steps, moment, moment, (history, a, b) => {
        const past = live(history);
        const [early, late] = a <= b ? [a, b] : [b, a];
        const first = nextAttempt(past, early, frame);
        const second = nextAttempt(past, late, frame);
        const end = Number.POSITIVE_INFINITY;
        const firstAt = first.kind === 'at' ? first.at.getTime() : end;
        const secondAt = second.kind === 'at' ? second.at.getTime() : end;
        expect(secondAt).toBeGreaterThanOrEqual(firstAt);
        expect(secondAt).toBeGreaterThanOrEqual(late.getTime());
      }),
      { numRuns },
    );
  });
});
