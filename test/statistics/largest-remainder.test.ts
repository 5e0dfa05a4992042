import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { largestRemainder } from '../../src/statistics/largest-remainder.ts';
import { deepRuns } from '../support/deep.ts';

describe('largestRemainder', () => {
  test('A11: 2, 2, 5 are shown as 22, 22, 56', () => {
    expect(largestRemainder([2, 2, 5])).toEqual([22, 22, 56]);
  });

  test('breaks ties the same way every time: the larger count, then the earlier option', () => {
    expect(largestRemainder([1, 1, 1])).toEqual([34, 33, 33]);
    expect(largestRemainder([1, 3, 4], 4)).toEqual([0, 2, 2]);
  });

  test('can split tenths of a percent', () => {
    expect(largestRemainder([1, 2], 1000)).toEqual([333, 667]);
  });

  test('of no answers is no value', () => {
    expect(largestRemainder([0, 0])).toBeNull();
    expect(largestRemainder([])).toBeNull();
  });

  test('adds up exactly, is within 1 of the exact share, and never gives more for less', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 100_000 }), { minLength: 1, maxLength: 12 }), (counts) => {
        const shares = largestRemainder(counts);
        const sum = counts.reduce((all, count) => all + count, 0);
        fc.pre(shares !== null);
        expect(shares.reduce((all, share) => all + share, 0)).toBe(100);
        const pairs = counts.map((count, index) => ({ count, share: shares[index] ?? -1 }));
        expect(pairs.every(({ count, share }) => Math.abs(share - (100 * count) / sum) < 1)).toBe(true);
        expect(pairs.every(({ count, share }) => count > 0 || share === 0)).toBe(true);
        const ascending = pairs.toSorted((a, b) => a.count - b.count || a.share - b.share);
        expect(ascending).toEqual(ascending.toSorted((a, b) => a.share - b.share));
      }),
      { numRuns: deepRuns(500, 20_000) },
    );
  });

  test.each([[[-1, 2], 100] as const, [[0.5], 100] as const, [[1], -1] as const, [[2 ** 52], 100] as const])(
    'refuses %p split into %d',
    (counts, total) => {
      expect(() => largestRemainder(counts, total)).toThrow(RangeError);
    },
  );
});
