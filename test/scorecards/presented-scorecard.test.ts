import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { presentCalls } from '../../src/scorecards/present-calls.ts';
import { presentScorecard } from '../../src/scorecards/presented-scorecard.ts';
import type { PresentedScorecard } from '../../src/scorecards/presented-scorecard.ts';
import { presentProvisional } from '../../src/scorecards/provisional-scorecard.ts';
import { buildScorecards } from '../../src/scorecards/scorecard-set.ts';
import type { Scorecard } from '../../src/scorecards/scorecard.ts';
import { displayLevel } from '../../src/statistics/small-numbers.ts';
import { deepRuns } from '../support/deep.ts';
import type { Answers } from '../support/scorecard-month.ts';
import { callTally, catalogue, discharged, tallyOf, words } from '../support/scorecard-month.ts';

function rawCards(answers: readonly Answers[]): readonly Scorecard[] {
  return buildScorecards({
    period: '2026-10',
    revision: 1,
    cutoffAt: new Date('2026-11-13T00:00:00Z'),
    tally: tallyOf(answers),
    calls: [],
    departments: ['cardiology', 'surgery', 'ent'].map((code) => ({ code, name: words(code) })),
    hospitalName: words('Hospital'),
    catalogue,
    previous: new Map(),
  });
}

function presented(answers: readonly Answers[], code: string = 'cardiology'): PresentedScorecard {
  const card = rawCards(answers).find(({ departmentCode }) => departmentCode === code);
  if (!card) throw new Error(`There is no card ${code}.`);
  return presentScorecard(card);
}

const itemOf = (card: PresentedScorecard, code: string) =>
  card.sections.flatMap(({ items }) => items).find((item) => item.code === code);

const dimensionOf = (card: PresentedScorecard, name: string) =>
  card.sections.flatMap(({ dimensions }) => dimensions).find(({ dimension }) => dimension === name);

describe('the ladder', () => {
  test.each([
    [4, 'hidden'],
    [5, 'counts'],
    [29, 'counts'],
    [30, 'careful'],
    [99, 'careful'],
    [100, 'full'],
  ])('%i valid answers of an item are shown as %s', (n, level) => {
    const card = presented([
      { count: n, chosen: { attitude: 'very', overall: 'very' } },
      { count: 50, chosen: { overall: 'very' } },
    ]);

    expect(itemOf(card, 'attitude')?.level).toBe(level);
  });

  test('5–29 answers give counts and nothing that needs a percentage', () => {
    // 17 of 19, as in 满意 17/19.
    const card = presented([
      { count: 17, chosen: { overall: 'very' } },
      { count: 2, chosen: { overall: 'poor' } },
    ]);

    expect(itemOf(card, 'overall')).toMatchObject({
      n: 19,
      satisfied: { x: 17, value: null, low: null, high: null },
      meanScore: null,
      hospital: null,
      standing: null,
      change: null,
    });
    expect(dimensionOf(card, 'overall')).toMatchObject({
      level: 'counts',
      n: 19,
      satisfied: null,
      meanScore: null,
    });
  });

  test('a group of 1–4 answers shows no item, no mode, no n', () => {
    const card = presented([{ count: 3, chosen: { overall: 'poor' }, mode: 'paper' }]);

    expect(card.sections).toMatchObject([
      {
        level: 'hidden',
        items: [],
        dimensions: [],
        responses: { complete: null, byMode: [] },
      },
    ]);
  });

  test('no answers are none, never 0 %', () => {
    const card = presented([{ count: 40, chosen: { overall: 'very', waiting: 'not-applicable' } }]);

    expect(itemOf(card, 'waiting')).toMatchObject({ level: 'none', n: 0, satisfied: null, meanScore: null });
  });
});

describe('what an attacker could subtract', () => {
  test('a dimension leaves a hidden item out, so that dimension minus items gives nothing', () => {
    // attitude 40 of 40; waiting 0 of 3, hidden: their mean would be 0.5 and give waiting away.
    const card = presented([
      { count: 37, chosen: { attitude: 'very' } },
      { count: 3, chosen: { attitude: 'very', waiting: 'poor' } },
    ]);

    expect(dimensionOf(card, 'service')).toMatchObject({
      itemCodes: ['attitude'],
      leftOut: 1,
      satisfied: { value: 1 },
      n: 40,
    });
  });

  test('a dimension whose n would tell the n of a hidden item is hidden', () => {
    // 40 answered attitude, 3 others only waiting: 43 − 40 = 3.
    const card = presented([
      { count: 40, chosen: { attitude: 'very', overall: 'very' } },
      { count: 3, chosen: { waiting: 'poor', overall: 'very' } },
    ]);

    expect(dimensionOf(card, 'service')).toMatchObject({ level: 'hidden', n: null, satisfied: null });
  });

  test.each([
    [29, false],
    [30, true],
  ])('the hospital stands beside a department when %i others answered: %s', (others, shown) => {
    const card = presented([
      { count: 100, chosen: { overall: 'very' } },
      { count: others, departmentCode: 'surgery', chosen: { overall: 'poor' } },
    ]);

    expect(itemOf(card, 'overall')?.hospital !== null).toBe(shown);
    expect(dimensionOf(card, 'overall')?.hospital !== null).toBe(shown);
  });

  test('hospital minus all departments is never a cell of 1–4', () => {
    const cards = rawCards([
      { count: 100, chosen: { overall: 'very' } },
      { count: 60, departmentCode: 'surgery', chosen: { overall: 'poor' } },
      { count: 2, departmentCode: 'ent', chosen: { overall: 'poor' } },
    ]).map((card) => presentScorecard(card));

    const n = cards.map((card) => itemOf(card, 'overall')?.n ?? null);
    expect(n).toEqual([100, 60, null, 160]);
  });

  test('a split by mode hides a second cell, and few partial answers are hidden', () => {
    const card = presented([
      { count: 40, chosen: { overall: 'very' } },
      { count: 9, chosen: { overall: 'very' }, mode: 'kiosk' },
      { count: 2, chosen: { overall: 'very' }, mode: 'paper' },
      { count: 3, chosen: { overall: 'very' }, completeness: 'partial' },
    ]);

    const { responses } = card.sections[0] ?? {};
    expect(responses?.byMode.map(({ mode, n }) => [mode, n])).toEqual([
      ['web', 40],
      ['kiosk', null],
      ['paper', null],
    ]);
    expect(responses).toMatchObject({ complete: 51, partial: null });
  });

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

  test('no number of 1–4 among answered, broken off, refused and other can be worked out, even with the answered ones known', () => {
    const preimages = new Map<string, { P: number; R: number; O: number }[]>();
    for (let P = 0; P <= 7; P += 1)
      for (let R = 0; R <= 7; R += 1)
        for (let O = 0; O <= 7; O += 1) {
          const calls = callTally('cardiology', { I: 20, P, R, O, NC: 80 - P - R - O });
          const seen = JSON.stringify(presentCalls(calls, []));
          preimages.set(seen, [...(preimages.get(seen) ?? []), { P, R, O }]);
        }

    for (const group of preimages.values())
      for (const name of ['P', 'R', 'O'] as const) {
        const values = new Set(group.map((one) => one[name]));
        if ([...values].some((n) => n >= 1 && n <= 4)) expect(values.size).toBeGreaterThan(1);
      }
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

const option = fc.constantFrom('very', 'good', 'poor', 'not-applicable');
const someAnswers: fc.Arbitrary<Answers> = fc.record({
  count: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 20, max: 120 })),
  departmentCode: fc.constantFrom('cardiology', 'surgery', 'ent'),
  mode: fc.constantFrom('web', 'phone', 'paper'),
  completeness: fc.constantFrom('complete', 'complete', 'complete', 'partial'),
  chosen: fc.record(
    { attitude: option, waiting: option, clear: option, charges: option, overall: option },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Record<string, string>>,
});
const month = fc.array(someAnswers, { minLength: 1, maxLength: 8 });

/** The same scorecard with other answers in every cell of 1–4 and with raw composites that nobody may see. */
function withOtherSecrets(card: Scorecard): Scorecard {
  const small = (n: number): boolean => n > 0 && n < 5;
  return {
    ...card,
    sections: card.sections.map((section) => ({
      ...section,
      items: section.items.map((item) =>
        small(item.n)
          ? {
              ...item,
              meanScore: item.meanScore === null ? null : 100 - item.meanScore,
              satisfied: { x: item.n - item.satisfied.x, n: item.n },
              topBox: { x: item.n - item.topBox.x, n: item.n },
              optionCounts: {},
            }
          : item,
      ),
      dimensions: section.dimensions.map((dimension) => ({
        ...dimension,
        satisfied: { value: 0.123, low: 0.1, high: 0.2 },
        topBox: null,
        meanScore: 1,
      })),
    })),
  };
}

describe('for every month', () => {
  test('what is presented does not depend on any answer in a cell of 1–4', () => {
    fc.assert(
      fc.property(month, (answers) => {
        for (const card of rawCards(answers)) {
          expect(presentScorecard(withOtherSecrets(card))).toEqual(presentScorecard(card));
        }
      }),
      { numRuns: deepRuns(150, 5000) },
    );
  });

  test('no n of 1–4 is presented, every level is that of its n, and percentages stand only from 30 on', () => {
    fc.assert(
      fc.property(month, (answers) => {
        for (const raw of rawCards(answers)) {
          const card = presentScorecard(raw);
          const figures = card.sections.flatMap(({ items, dimensions }) => [...items, ...dimensions]);
          for (const { n, level, satisfied, hospital } of figures) {
            expect(n === null || n === 0 || n >= 5).toBe(true);
            if (n !== null) expect(level).toBe(displayLevel(n));
            if (n === null) expect([level, satisfied, hospital]).toEqual(['hidden', null, null]);
            if (n === null || n < 30) expect(satisfied?.value ?? null).toBeNull();
            if (hospital) expect(hospital.n).toBeGreaterThanOrEqual(30);
          }
          for (const { responses } of card.sections) {
            const counts = [responses.complete, responses.partial, ...responses.byMode.map(({ n }) => n)];
            expect(counts.every((n) => n === null || n === 0 || n >= 5)).toBe(true);
          }
          expect(JSON.stringify(card)).not.toContain('optionCounts');
        }
      }),
      { numRuns: deepRuns(150, 5000) },
    );
  });
});

describe('a 快报', () => {
  test('one more answer seldom shows: n in tens, whole percent, no numerators, no modes, no tests', () => {
    // 43 of 47 are 91.5 %; n 47 → 40.
    const [raw] = rawCards([
      { count: 43, chosen: { overall: 'very' } },
      { count: 4, chosen: { overall: 'poor' } },
    ]);
    if (!raw) throw new Error('There is no card.');

    const card = presentProvisional(raw);

    expect(card).toMatchObject({ provisional: true, revision: null, verdict: 'provisional' });
    expect(itemOf(card, 'overall')).toMatchObject({
      n: 40,
      satisfied: { x: null, value: 0.91 },
      change: null,
    });
    expect(card.sections[0]?.responses).toEqual({ complete: 45, partial: null, byMode: [] });
  });

  test('below 30 answers nothing of an item is shown', () => {
    const [raw] = rawCards([{ count: 29, chosen: { overall: 'very' } }]);
    if (!raw) throw new Error('There is no card.');

    expect(itemOf(presentProvisional(raw), 'overall')).toMatchObject({
      level: 'hidden',
      n: null,
      satisfied: null,
    });
  });
});
