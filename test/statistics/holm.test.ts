import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { holm } from '../../src/statistics/holm.ts';
import { twoProportionPValue } from '../../src/statistics/newcombe.ts';
import { deepRuns } from '../support/deep.ts';

const runs = { numRuns: deepRuns(500, 20_000) };
const anyPValues = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 30 });

/** 0–1, repeatable: Park and Miller's minimal standard generator. */
function repeatableRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

describe('holm', () => {
  test('multiplies the smallest by the number of tests, the next by one less, and never falls', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual({
      adjusted: [0.03, 0.06, 0.06, 0.02],
      rejected: [true, false, false, true],
    });
  });

  test('leaves out what was not tested', () => {
    expect(holm([0.01, 0.04, null, 0.03])).toEqual({
      adjusted: [0.03, 0.06, null, 0.06],
      rejected: [true, false, false, false],
    });
  });

  test('of one test changes nothing', () => {
    expect(holm([0.05])).toEqual({ adjusted: [0.05], rejected: [true] });
  });

  test('of no test is empty', () => {
    expect(holm([])).toEqual({ adjusted: [], rejected: [] });
    expect(holm([null])).toEqual({ adjusted: [null], rejected: [false] });
  });

  test('never rejects more than the raw p-values would, nor less than Bonferroni', () => {
    fc.assert(
      fc.property(anyPValues, (pValues) => {
        const { rejected } = holm(pValues);
        const tested = pValues.filter((p) => p !== null).length;
        const pairs = pValues.flatMap((p, index) => (p === null ? [] : [{ p, isRejected: rejected[index] }]));
        expect(pairs.filter(({ p, isRejected }) => isRejected === true && p > 0.05)).toEqual([]);
        expect(pairs.filter(({ p, isRejected }) => p * tested <= 0.05 && isRejected !== true)).toEqual([]);
      }),
      runs,
    );
  });

  test('keeps the order of the p-values and stays within 0 and 1', () => {
    fc.assert(
      fc.property(anyPValues, (pValues) => {
        const { adjusted } = holm(pValues);
        const pairs = pValues.flatMap((p, index) => (p === null ? [] : [{ p, q: adjusted[index] ?? -1 }]));
        const ordered = pairs.toSorted((a, b) => a.p - b.p || a.q - b.q).map(({ q }) => q);
        expect(ordered).toEqual(ordered.toSorted((a, b) => a - b));
        expect(pairs.every(({ p, q }) => q >= p && q <= 1)).toBe(true);
      }),
      runs,
    );
  });

  test('flags a false mover in at most 5 % of unchanged months with 20 items, where raw tests flag one in most', () => {
    const random = repeatableRandom(20261101);
    const satisfied = (n: number): number => Array.from({ length: n }, random).filter((u) => u < 0.9).length;
    const months = deepRuns(400, 5000);
    let corrected = 0;
    let raw = 0;
    for (let month = 0; month < months; month += 1) {
      const pValues = Array.from({ length: 20 }, () =>
        twoProportionPValue({ x: satisfied(100), n: 100 }, { x: satisfied(100), n: 100 }),
      );
      if (holm(pValues).rejected.includes(true)) corrected += 1;
      if (pValues.some((p) => p !== null && p <= 0.05)) raw += 1;
    }

    expect(corrected / months).toBeLessThanOrEqual(0.05);
    expect(raw / months).toBeGreaterThan(0.5);
  });

  test.each([[[1.1]], [[-0.1]], [[Number.NaN]]])('refuses the p-values %p', (pValues) => {
    expect(() => holm(pValues)).toThrow(RangeError);
  });

  test('refuses an alpha outside 0 to 1', () => {
    expect(() => holm([0.5], 5)).toThrow(RangeError);
  });
});
