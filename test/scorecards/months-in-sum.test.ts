import { describe, expect, test } from '@jest/globals';
import { array, assert, integer, oneof, property } from 'fast-check';
import { monthsInSum } from '../../src/scorecards/months-in-sum.ts';
import type { MonthCell } from '../../src/scorecards/months-in-sum.ts';
import { groupBy } from '../../src/shared/group-by.ts';
import { longPeriodOf, monthsOf } from '../../src/shared/long-period.ts';
import { addMonths } from '../../src/shared/reporting-period.ts';
import { deepRuns } from '../support/deep.ts';

const start = '2025-01';

function cells(ns: readonly number[], first: string = start): readonly MonthCell[] {
  return ns.map((n, index) => ({ period: addMonths(first, index), n, firstN: n }));
}

const sumOf = (ns: readonly number[]): number => {
  const given = cells(ns);
  const { included } = monthsInSum(given);
  return given.filter(({ period }) => included.has(period)).reduce((sum, { n }) => sum + n, 0);
};

/** Every sum that is ever published while the months close one after the other: which months, as bits. */
function published(ns: readonly number[]): ReadonlySet<number> {
  const all = cells(ns);
  const bits = (window: readonly MonthCell[]): number => {
    const { included } = monthsInSum(window);
    return all.reduce((sum, { period }, index) => (included.has(period) ? sum | (1 << index) : sum), 0);
  };
  const sets = new Set<number>();
  for (const [last, cell] of all.entries()) {
    if (cell.n === 0 || cell.n >= 5) sets.add(1 << last);
    const closed = all.slice(0, last + 1);
    sets.add(bits(closed.slice(-12)));
    for (const span of ['quarter', 'half-year', 'year'] as const) {
      const months = monthsOf(longPeriodOf(cell.period, span));
      sets.add(bits(closed.filter(({ period }) => months.includes(period))));
    }
  }
  return sets;
}

const nOf = (set: number, ns: readonly number[]): number =>
  ns.reduce((sum, n, index) => ((set >> index) & 1 ? sum + n : sum), 0);

/** All that subtracting a smaller set from a larger, again and again, can give. */
function derived(sets: ReadonlySet<number>): ReadonlySet<number> {
  const known = new Set(sets);
  let fresh = [...known];
  while (fresh.length > 0 && known.size < 3000) {
    const next: number[] = [];
    for (const a of fresh) {
      for (const b of known) {
        const difference = (a & b) === b ? a & ~b : (a & b) === a ? b & ~a : 0;
        if (difference !== 0 && !known.has(difference)) next.push(difference);
      }
    }
    for (const set of next) known.add(set);
    fresh = [...new Set(next)];
  }
  return known;
}

const monthN = oneof(integer({ min: 0, max: 5 }), integer({ min: 1, max: 4 }), integer({ min: 5, max: 40 }));
const years = array(monthN, { minLength: 2, maxLength: 24 });

/** What a reader of a quarter sees: large months, which are small, and the sum. */
const seenAs = (ns: readonly number[]): string =>
  `${ns.filter((n) => n > 4).join()}|${ns.map((n) => n > 4).join()}|${sumOf(ns)}`;

describe('the months a sum may hold', () => {
  test.each([
    ['months of 5 and more stand alone', [12, 8, 30], 50],
    ['one small month of a quarter stays out', [12, 3, 9], 21],
    ['two small months of a quarter go in together', [12, 3, 4], 19],
    ['three of a quarter too', [3, 2, 4], 9],
    ['not when they add up to fewer than 5', [1, 2, 40], 40],
    ['not when they could only be 4 and 4', [4, 4, 40], 40],
    ['not before the quarter is closed', [3, 4], 0],
    ['a month without answers takes nothing away', [0, 3, 4], 7],
    ['small months of different quarters do not meet', [10, 10, 3, 4, 10, 10], 40],
  ])('%s', (_rule, ns, expected) => {
    expect(sumOf(ns)).toBe(expected);
  });

  test('what is left out is named', () => {
    expect(monthsInSum(cells([12, 3, 9])).leftOut).toEqual(['2025-02']);
  });

  test('a small month that a revision has made larger stands alone, and its old companions stay out', () => {
    const revised: readonly MonthCell[] = [
      { period: '2025-01', n: 9, firstN: 3 },
      { period: '2025-02', n: 4, firstN: 4 },
      { period: '2025-03', n: 2, firstN: 2 },
    ];

    // 3 + 4 + 2 may have been published before: 4 + 2 now would tell the 3.
    expect([...monthsInSum(revised).included]).toEqual(['2025-01']);
  });

  test('whoever subtracts whatever was ever published finds no count of 1–4', () => {
    assert(
      property(years, (ns) => {
        const telling = [...derived(published(ns))].map((set) => nOf(set, ns)).filter((n) => n > 0 && n < 5);
        expect(telling).toEqual([]);
      }),
      { numRuns: deepRuns(150, 3000) },
    );
  });

  test('whoever knows the rule and a quarter’s sum is left with two possible values or more for each small month', () => {
    const small = [1, 2, 3, 4];
    const quarters = small.flatMap((a) => small.flatMap((b) => [...small, 30].map((c) => [a, b, c])));
    const groups = groupBy(quarters, seenAs);

    const pinned = [...groups.values()].flatMap((alike) =>
      [0, 1, 2].filter((at) => {
        const values = new Set(alike.map((ns) => ns[at] ?? 0));
        return values.size === 1 && [...values].some((n) => n < 5);
      }),
    );

    expect(pinned).toEqual([]);
  });
});
