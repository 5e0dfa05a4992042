import { describe, expect, test } from '@jest/globals';
import { presentCalls } from '../../src/scorecards/present-calls.ts';
import type { PresentedCalls } from '../../src/scorecards/presented-scorecard.ts';
import { sumCalls } from '../../src/scorecards/sum-calls.ts';
import { presented } from '../support/presented.ts';
import { callTally, discharged } from '../support/scorecard-month.ts';

interface Rest {
  readonly P: number;
  readonly R: number;
  readonly O: number;
}

/** Every month with 20 completed interviews and up to 7 others of each kind, by what is presented of it. */
function monthsByPresentation(): readonly (readonly Rest[])[] {
  const months = new Map<string, Rest[]>();
  const upTo7 = [0, 1, 2, 3, 4, 5, 6, 7];
  for (const P of upTo7)
    for (const R of upTo7)
      for (const O of upTo7) {
        const calls = callTally('cardiology', { I: 20, P, R, O, NC: 80 - P - R - O });
        const seen = JSON.stringify(presentCalls(calls, []));
        months.set(seen, [...(months.get(seen) ?? []), { P, R, O }]);
      }
  return [...months.values()];
}

const isSmall = (n: number): boolean => n >= 1 && n <= 4;

/** Whether a reader who knows what is presented knows a number of 1–4. */
const tells = (group: readonly Rest[], number: (month: Rest) => number): boolean => {
  const values = new Set(group.map(number));
  return values.size === 1 && [...values].every(isSmall);
};

const month = (clinicallyFollowedUp: number): PresentedCalls =>
  presentCalls(callTally('cardiology', { I: 20, NC: 20 }, { clinicallyFollowedUp }), []);

describe('the calls a scorecard shows', () => {
  test('interviews hidden in the split by mode are hidden among the calls', () => {
    const card = presented([
      { count: 8, form: discharged, mode: 'phone', verification: 'call', chosen: { overall: 'very' } },
      { count: 3, form: discharged, mode: 'web', chosen: { overall: 'very' } },
    ]);

    const calls = presentCalls(callTally('cardiology', { I: 8, R: 10, NC: 40 }), card.sections);

    expect(calls).toMatchObject({
      completed: null,
      reached: null,
      rates: { RR1: null, COOP1: null, CON1: null },
    });
  });

  test('never tell a number of 1–4 broken off, refused, other or all of them, even with the completed ones known', () => {
    const telling = monthsByPresentation().filter((group) =>
      [({ P }: Rest) => P, ({ R }: Rest) => R, ({ O }: Rest) => O, ({ P, R, O }: Rest) => P + R + O].some(
        (number) => tells(group, number),
      ),
    );

    expect(telling).toEqual([]);
  });

  test('a quarter sums the clinical follow-ups of its months, also of one in which nobody was followed up', () => {
    // (20 + 0 + 16) of (40 + 40 + 40) discharges.
    expect(sumCalls([month(20), month(0), month(16)])?.clinicalFollowUp).toEqual({
      x: 36,
      n: 120,
      value: 0.3,
    });
  });

  test('a rate of calls below 30 is a count', () => {
    const calls = presentCalls(callTally('cardiology', { I: 12, R: 8 }), []);

    expect(calls.rates.RR1).toEqual({ x: 12, n: 20, value: null });
    expect(presentCalls(callTally('cardiology', { I: 20, R: 10 }), []).rates.RR1?.value).toBeCloseTo(
      2 / 3,
      12,
    );
  });
});
