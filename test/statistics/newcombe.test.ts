import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { holm } from '../../src/statistics/holm.ts';
import { excludesZero, newcombeDifference, twoProportionPValue } from '../../src/statistics/newcombe.ts';
import { pooledZ } from '../../src/statistics/pooled-z.ts';
import type { Proportion } from '../../src/statistics/proportion.ts';
import { roundTo } from '../../src/statistics/rounding.ts';
import { deepRuns } from '../support/deep.ts';
import { anyProportion } from './arbitrary-proportion.ts';

const runs = { numRuns: deepRuns(200, 10_000) };
const nobody: Proportion = { x: 0, n: 0 };

describe('newcombeDifference', () => {
  // Newcombe, Stat Med 1998;17:873, table II, method 10, then Fagerland et al., Stat Methods Med Res 2015;24:224, then
  // three pairs of months recomputed by hand.
  test.each<readonly [Proportion, Proportion, readonly number[]]>([
    [{ x: 56, n: 70 }, { x: 48, n: 80 }, [0.2, 0.0524, 0.3339]],
    [{ x: 9, n: 10 }, { x: 3, n: 10 }, [0.6, 0.1705, 0.809]],
    [{ x: 6, n: 7 }, { x: 2, n: 7 }, [0.5714, 0.0582, 0.8062]],
    [{ x: 5, n: 56 }, { x: 0, n: 29 }, [0.0893, -0.0381, 0.1926]],
    [{ x: 0, n: 10 }, { x: 0, n: 20 }, [0, -0.1611, 0.2775]],
    [{ x: 0, n: 10 }, { x: 0, n: 10 }, [0, -0.2775, 0.2775]],
    [{ x: 10, n: 10 }, { x: 0, n: 20 }, [1, 0.6791, 1]],
    [{ x: 7, n: 34 }, { x: 1, n: 34 }, [0.1765, 0.0189, 0.3404]],
    [{ x: 90, n: 100 }, { x: 80, n: 100 }, [0.1, 0.0001, 0.1995]],
    [{ x: 45, n: 50 }, { x: 40, n: 50 }, [0.1, -0.0434, 0.2421]],
    [{ x: 270, n: 300 }, { x: 255, n: 300 }, [0.05, -0.0032, 0.1034]],
  ])('of %j against %j is the published %j', (current, previous, expected) => {
    const change = newcombeDifference(current, previous);

    const printed = [change?.difference, change?.low, change?.high].map((value) => roundTo(value ?? 9, 4));
    expect(printed).toEqual(expected);
  });

  test('is no value when a side has no answers', () => {
    expect(newcombeDifference(nobody, { x: 1, n: 2 })).toBeNull();
    expect(newcombeDifference({ x: 1, n: 2 }, nobody)).toBeNull();
  });

  test('contains the difference, stays within −1 and 1, and turns over when the months are swapped', () => {
    fc.assert(
      fc.property(anyProportion(), anyProportion(), (current, previous) => {
        const change = newcombeDifference(current, previous) ?? { difference: 9, low: 9, high: 9 };
        const swapped = newcombeDifference(previous, current) ?? { difference: 9, low: 9, high: 9 };
        expect(change.low).toBeGreaterThanOrEqual(-1);
        expect(change.high).toBeLessThanOrEqual(1);
        expect(change.low).toBeLessThanOrEqual(change.difference);
        expect(change.high).toBeGreaterThanOrEqual(change.difference);
        expect(swapped.low).toBeCloseTo(-change.high, 12);
        expect(swapped.high).toBeCloseTo(-change.low, 12);
      }),
      runs,
    );
  });
});

describe('twoProportionPValue', () => {
  test('is below 5 % where the interval barely excludes 0', () => {
    const p = twoProportionPValue({ x: 90, n: 100 }, { x: 80, n: 100 });

    expect(p).toBeCloseTo(0.0497, 4);
  });

  test('agrees with the interval at every error rate: with one test, Holm rejects when the interval excludes 0', () => {
    fc.assert(
      fc.property(anyProportion(300), anyProportion(300), (current, previous) => {
        const change = newcombeDifference(current, previous) ?? { low: Number.NaN, high: Number.NaN };
        const p = twoProportionPValue(current, previous);
        expect(holm([p]).rejected).toEqual([excludesZero(change)]);
      }),
      { numRuns: deepRuns(1000, 50_000) },
    );
  });

  test('is the same whichever month comes first, and lies between 0 and 1', () => {
    fc.assert(
      fc.property(anyProportion(), anyProportion(), (current, previous) => {
        const p = twoProportionPValue(current, previous) ?? Number.NaN;
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(twoProportionPValue(previous, current)).toBeCloseTo(p, 12);
      }),
      runs,
    );
  });

  test('is 1 when nothing changed, also where thirds do not fit a double', () => {
    expect(twoProportionPValue({ x: 1, n: 3 }, { x: 3, n: 9 })).toBe(1);
    expect(twoProportionPValue({ x: 0, n: 3 }, { x: 0, n: 9 })).toBe(1);
  });

  test('is 0 when no double is small enough', () => {
    expect(twoProportionPValue({ x: 1_000_000, n: 1_000_000 }, { x: 0, n: 1_000_000 })).toBe(0);
  });

  test('is no value when a side has no answers', () => {
    expect(twoProportionPValue(nobody, { x: 1, n: 2 })).toBeNull();
    expect(twoProportionPValue({ x: 1, n: 2 }, nobody)).toBeNull();
  });

  test('refuses counts that cannot be', () => {
    expect(() => twoProportionPValue({ x: 3, n: 2 }, { x: 1, n: 2 })).toThrow(RangeError);
    expect(() => newcombeDifference({ x: 1, n: 2 }, { x: 1, n: -2 })).toThrow(RangeError);
  });
});

describe('pooledZ', () => {
  // Recomputed by hand; the last three pairs of months above, and the first, whose n differ.
  test.each<readonly [Proportion, Proportion, readonly number[]]>([
    [{ x: 90, n: 100 }, { x: 80, n: 100 }, [1.9803, 0.0477]],
    [{ x: 45, n: 50 }, { x: 40, n: 50 }, [1.4003, 0.1614]],
    [{ x: 270, n: 300 }, { x: 255, n: 300 }, [1.8516, 0.0641]],
    [{ x: 56, n: 70 }, { x: 48, n: 80 }, [2.6502, 0.008]],
  ])('of %j against %j is the textbook %j', (current, previous, expected) => {
    const result = pooledZ(current, previous);

    expect([result?.z, result?.p].map((value) => roundTo(value ?? 9, 4))).toEqual(expected);
  });

  test('is no value without answers and where all answers are alike', () => {
    expect(pooledZ(nobody, { x: 1, n: 2 })).toBeNull();
    expect(pooledZ({ x: 0, n: 3 }, { x: 0, n: 2 })).toBeNull();
    expect(pooledZ({ x: 3, n: 3 }, { x: 2, n: 2 })).toBeNull();
  });

  test('is negative for a fall', () => {
    expect(pooledZ({ x: 80, n: 100 }, { x: 90, n: 100 })?.z).toBeCloseTo(-1.9803, 4);
  });
});
