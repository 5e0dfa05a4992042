import { describe, expect, test } from '@jest/globals';
import { assert, nat, property, record } from 'fast-check';
import { finalCalls } from '../../src/scorecards/final-calls.ts';
import type { FinalCalls, MovingCalls } from '../../src/scorecards/moving-calls.ts';
import type { Scorecard } from '../../src/scorecards/scorecard.ts';
import type { CallTally } from '../../src/follow-up-calls/follow-up-call.ts';
import { rawCards } from '../support/presented.ts';
import { callTally } from '../support/scorecard-month.ts';
import { callsOf } from '../../src/scorecards/scorecard-set.ts';
import { deepRuns } from '../support/deep.ts';

/** October's cards without answers, as printed with these calls. */
function printedWith(calls: readonly CallTally[]): readonly Scorecard[] {
  return rawCards([]).map((card) => Object.assign(card, { calls: callsOf(card.departmentCode, calls) }));
}

function finalOf(then: CallTally, now: CallTally): FinalCalls | undefined {
  return finalCalls(printedWith([then]), [now]).get('cardiology');
}

const open = { open: 10 };

describe('the final figures of last month’s calls', () => {
  test('stand beside what was printed then', () => {
    const then = callTally('cardiology', { I: 30, R: 10, NC: 60 }, { ...open, attempted: 80 });
    const now = callTally('cardiology', { I: 42, R: 16, NC: 42 });

    expect(finalOf(then, now)).toEqual({
      period: '2026-10',
      revision: 1,
      printed: {
        attempted: 80,
        reached: 40,
        completed: 30,
        rates: {
          RR1: { x: 30, n: 100, value: 0.3 },
          COOP1: { x: 30, n: 40, value: 0.75 },
          REF1: { x: 10, n: 100, value: 0.1 },
          CON1: { x: 40, n: 100, value: 0.4 },
        },
      },
      final: {
        attempted: 100,
        reached: 58,
        completed: 42,
        rates: {
          RR1: { x: 42, n: 100, value: 0.42 },
          COOP1: { x: 42, n: 58, value: 42 / 58 },
          REF1: { x: 16, n: 100, value: 0.16 },
          CON1: { x: 58, n: 100, value: 0.58 },
        },
      },
    });
  });

  test('are not told when no call was open, and are when the snapshot does not know', () => {
    const then = callTally('cardiology', { I: 30, R: 10, NC: 60 });
    const { open: _unknown, ...old } = then;
    const oldCards = printedWith([then]).map((card) => Object.assign(card, { calls: card.calls && old }));

    expect(finalOf(then, then)).toBeUndefined();
    expect(finalCalls(oldCards, [then]).get('cardiology')?.final.completed).toBe(30);
  });

  test('are withheld where they differ by 1–4 from what was printed', () => {
    const then = callTally('cardiology', { I: 30, R: 10, NC: 60 }, open);

    expect(finalOf(then, callTally('cardiology', { I: 33, R: 15, NC: 52 }))?.final).toMatchObject({
      completed: null,
      reached: null,
      rates: { RR1: null, COOP1: null, CON1: null, REF1: { x: 15, n: 100 } },
    });
    expect(finalOf(then, callTally('cardiology', { I: 35, R: 12, NC: 53 }))?.final).toMatchObject({
      completed: 35,
      reached: null,
      rates: { REF1: null, CON1: null },
    });
  });

  test('of the hospital do not tell what is withheld of its only department with a difference of 1–4', () => {
    const then = ['cardiology', 'surgery'].map((code) => callTally(code, { I: 30, NC: 60 }, open));
    const now = [callTally('cardiology', { I: 33, NC: 57 }), callTally('surgery', { I: 40, NC: 50 })];
    const finals = finalCalls(printedWith(then), now);

    expect(finals.get('surgery')?.final.completed).toBe(40);
    expect(finals.get('cardiology')?.final.completed).toBeNull();
    expect(finals.get('hospital')?.final.completed).toBeNull();
  });
});

const classes = record({
  I: nat(40),
  P: nat(12),
  R: nat(12),
  O: nat(12),
  NC: nat(40),
  NE: nat(6),
});
const tallies = record({ cardiology: classes, surgery: classes, ent: classes });

const minus = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a - b;

/** Every count a reader can make of the figures on one card. */
function readable({ attempted, reached, completed, rates }: MovingCalls): ReadonlyMap<string, number> {
  const refused = rates.REF1?.x ?? null;
  const rest = minus(reached, completed);
  const eligible = rates.RR1?.n ?? rates.REF1?.n ?? rates.CON1?.n ?? null;
  const all = { attempted, reached, completed, refused, rest, others: minus(rest, refused), eligible };
  return new Map(Object.entries(all).flatMap(([name, n]) => (n === null ? [] : [[name, n]])));
}

function differencesOf({ printed, final }: FinalCalls): ReadonlyMap<string, number> {
  const then = readable(printed);
  return new Map(
    [...readable(final)].flatMap(([name, n]) => {
      const before = then.get(name);
      return before === undefined ? [] : [[name, Math.abs(n - before)]];
    }),
  );
}

describe('subtracting two months’ scorecards', () => {
  test('gives no difference of 1–4 on any card, whatever the calls were, nor of one department from the hospital', () => {
    assert(
      property(tallies, tallies, (before, after) => {
        const rows = (month: typeof before): readonly CallTally[] =>
          Object.entries(month).map(([code, counts]) => callTally(code, counts, open));
        const finals = finalCalls(printedWith(rows(before)), rows(after));
        for (const final of finals.values()) {
          for (const difference of differencesOf(final).values()) {
            expect(difference === 0 || difference >= 5).toBe(true);
          }
        }
        const hospital = finals.get('hospital')?.final.completed ?? null;
        const departments = Object.keys(before).map((code) => finals.get(code)?.final.completed ?? null);
        if (hospital === null || departments.filter((n) => n === null).length !== 1) return;
        const single = Object.keys(before).find((_, index) => departments[index] === null);
        const change = (month: typeof before): number =>
          Object.entries(month).find(([code]) => code === single)?.[1].I ?? 0;
        const told = Math.abs(change(after) - change(before));
        expect(told === 0 || told >= 5).toBe(true);
      }),
      { numRuns: deepRuns(500, 20_000) },
    );
  });
});
