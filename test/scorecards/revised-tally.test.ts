import { describe, expect, test } from '@jest/globals';
import { array, assert, constantFrom, integer, oneof, property, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { mayReplace } from '../../src/scorecards/cell-change.ts';
import { reviseTally } from '../../src/scorecards/revised-tally.ts';
import { buildScorecards } from '../../src/scorecards/scorecard-set.ts';
import type { Scorecard } from '../../src/scorecards/scorecard.ts';
import type { PeriodTally } from '../../src/survey-responses/survey-response.ts';
import { deepRuns } from '../support/deep.ts';
import { catalogue, tallyOf, words } from '../support/scorecard-month.ts';
import type { Answers } from '../support/scorecard-month.ts';

function cardsOf(tally: PeriodTally): readonly Scorecard[] {
  return buildScorecards({
    period: '2026-10',
    revision: 2,
    cutoffAt: new Date('2026-12-01T00:00:00Z'),
    tally,
    calls: [],
    departments: ['cardiology', 'surgery', 'billing'].map((code) => ({ code, name: words(code) })),
    hospitalName: words('Hospital'),
    catalogue,
    previous: new Map(),
  });
}

/** Every number of a scorecard that is a count of patients, by where it stands. */
function cellsOf(cards: readonly Scorecard[]): ReadonlyMap<string, number> {
  const cells = new Map<string, number>();
  for (const { departmentCode, sections } of cards) {
    for (const { patientGroup, scope, responses, items, dimensions } of sections) {
      const at = `${departmentCode}/${patientGroup}/${scope}`;
      cells.set(`${at}/complete`, responses.complete);
      cells.set(`${at}/partial`, responses.partial);
      if (scope === 'own') {
        for (const { mode, verification, n } of responses.byMode) {
          cells.set(`${at}/${mode}/${verification}`, n);
        }
      }
      // The hospital's items are sums of the departments' cells, less those that are too few to keep each other's secret.
      if (scope !== 'hospital') for (const { code, n } of items) cells.set(`${at}/item ${code}`, n);
      if (scope !== 'hospital') for (const { dimension, n } of dimensions) cells.set(`${at}/${dimension}`, n);
    }
  }
  return cells;
}

type Cells = ReadonlyMap<string, number> | undefined;

/** Shown cells whose difference tells of 1–4 patients, or that give a hidden one of a department away; a cell of 1–4 is never shown. */
function telling(before: Cells, after: Cells): readonly string[] {
  return [...(after ?? [])]
    .filter(([, n]) => n === 0 || n >= 5)
    .filter(([key, n]) => {
      const earlier = before?.get(key) ?? 0;
      const differs = Math.abs(n - earlier) > 0 && Math.abs(n - earlier) < 5;
      return differs || (key.includes('/own/') && !mayReplace(earlier, n));
    })
    .map(([key, n]) => `${key}: ${before?.get(key) ?? 0} → ${n}`);
}

const option = constantFrom('very', 'good', 'poor', 'not-applicable');
const someAnswers: Arbitrary<Answers> = record({
  count: oneof(integer({ min: 1, max: 9 }), integer({ min: 10, max: 60 })),
  departmentCode: constantFrom('cardiology', 'surgery'),
  mode: constantFrom('web', 'phone', 'paper'),
  completeness: constantFrom('complete', 'complete', 'complete', 'partial'),
  chosen: record(
    { attitude: option, waiting: option, clear: option, charges: option, overall: option },
    { requiredKeys: [] },
  ),
});
const batch = array(someAnswers, { maxLength: 6 });

const itemOf = (tally: PeriodTally, code: string): number =>
  cellsOf(cardsOf(tally)).get(`cardiology/outpatient/own/item ${code}`) ?? 0;

const of = (count: number, more: Partial<Answers> = {}): Answers => ({
  count,
  chosen: { attitude: 'very', overall: 'very' },
  ...more,
});

describe('the counts of a revision', () => {
  test('take five late answers in, and leave four out until there are more', () => {
    const before = tallyOf([of(100)]);
    const five = reviseTally(before, tallyOf([of(100), of(5)]), catalogue);
    const four = reviseTally(before, tallyOf([of(100), of(4)]), catalogue);
    const later = reviseTally(four, tallyOf([of(100), of(4), of(3)]), catalogue);

    expect([itemOf(five, 'attitude'), itemOf(four, 'attitude'), itemOf(later, 'attitude')]).toEqual([
      105, 100, 107,
    ]);
  });

  test('look at each survey mode by itself: six by paper come in, two by phone wait', () => {
    const after = tallyOf([of(100), of(6, { mode: 'paper' }), of(2, { mode: 'phone' })]);

    const revised = reviseTally(tallyOf([of(100)]), after, catalogue);

    const [card] = cardsOf(revised);
    expect(card?.sections[0]?.responses.byMode.map(({ mode, n }) => [mode, n])).toEqual([
      ['web', 100],
      ['paper', 6],
    ]);
    expect(itemOf(revised, 'overall')).toBe(106);
  });

  test('keep an item as it was when it got only three of ten late answers; its dimension’s n too', () => {
    const late = [of(7), of(3, { chosen: { attitude: 'very', clear: 'poor', overall: 'very' } })];
    const before = tallyOf([of(50, { chosen: { attitude: 'very', clear: 'good', overall: 'good' } })]);

    const revised = cellsOf(
      cardsOf(
        reviseTally(
          before,
          tallyOf([of(50, { chosen: { attitude: 'very', clear: 'good', overall: 'good' } }), ...late]),
          catalogue,
        ),
      ),
    );

    const at = 'cardiology/outpatient/own';
    expect(revised.get(`${at}/item attitude`)).toBe(60);
    expect(revised.get(`${at}/item clear`)).toBe(50);
    expect(revised.get(`${at}/quality`)).toBe(50);
    expect(revised.get(`${at}/complete`)).toBe(60);
  });

  test('a department of three does not become one of eight, but one of nine', () => {
    const eight = reviseTally(tallyOf([of(3)]), tallyOf([of(8)]), catalogue);
    const nine = reviseTally(tallyOf([of(3)]), tallyOf([of(9)]), catalogue);

    expect([itemOf(eight, 'overall'), itemOf(nine, 'overall')]).toEqual([3, 9]);
  });

  test('a fixed unit that waits a second time keeps the answers whose other parts waited the first time', () => {
    const phone = { departmentCode: 'surgery', mode: 'phone' } as const;
    const first = [
      of(1, { ...phone, chosen: { charges: 'very', overall: 'very' } }),
      of(10, { ...phone, chosen: { charges: 'very' } }),
    ];
    const second = reviseTally(tallyOf([]), tallyOf(first), catalogue);
    const late = [
      of(1, { mode: 'paper', chosen: {} }),
      of(4, { mode: 'paper', chosen: { charges: 'very' } }),
    ];
    const third = reviseTally(second, tallyOf([...first, ...late]), catalogue);

    const at = 'billing/outpatient/fixed-unit/complete';
    expect([second, third].map((tally) => cellsOf(cardsOf(tally)).get(at))).toEqual([11, 11]);
  });

  test('for any month and any late answers, whoever subtracts revision from revision finds no cell of 1–4', () => {
    assert(
      property(batch, batch, batch, (month, late, later) => {
        const first = tallyOf(month);
        const second = reviseTally(first, tallyOf([...month, ...late]), catalogue);
        const third = reviseTally(second, tallyOf([...month, ...late, ...later]), catalogue);
        const [one, two, three] = [first, second, third].map((tally) => cellsOf(cardsOf(tally)));
        expect([...telling(one, two), ...telling(two, three)]).toEqual([]);
      }),
      { numRuns: deepRuns(60, 5000) },
    );
  });
});
