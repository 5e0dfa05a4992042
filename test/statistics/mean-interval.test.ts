import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { meanInterval, meanScore } from '../../src/statistics/mean-interval.ts';
import { wilsonInterval } from '../../src/statistics/wilson.ts';
import { deepRuns } from '../support/deep.ts';

const fiveLevels = [100, 75, 50, 25, 0];
const histogramOf = (counts: readonly number[]) =>
  counts.map((count, index) => ({ score: fiveLevels[index] ?? 0, count }));
const anyHistogram = fc
  .array(fc.nat({ max: 300 }), { minLength: 5, maxLength: 5 })
  .map((counts) => histogramOf(counts));

describe('meanInterval', () => {
  test('is the mean ± 1.96 standard errors', () => {
    const interval = meanInterval(histogramOf([60, 30, 6, 3, 1]));

    expect(interval?.low).toBeCloseTo(82.2266, 4);
    expect(interval?.high).toBeCloseTo(90.2734, 4);
  });

  test('promises no certainty when all answers are alike', () => {
    const allBest = meanInterval(histogramOf([30, 0, 0, 0, 0]));
    const allMiddle = meanInterval(histogramOf([0, 0, 30, 0, 0]));

    expect(allBest?.low).toBeCloseTo(100 * (wilsonInterval(30, 30)?.low ?? 0), 10);
    expect(allBest?.high).toBe(100);
    expect(allMiddle?.low).toBeCloseTo(44.3243, 4);
    expect(allMiddle?.high).toBeCloseTo(55.6757, 4);
  });

  test('is no value for fewer than two answers', () => {
    expect(meanInterval([])).toBeNull();
    expect(meanInterval(histogramOf([0, 0, 0, 0, 0]))).toBeNull();
    expect(meanInterval(histogramOf([1, 0, 0, 0, 0]))).toBeNull();
    expect(meanInterval(histogramOf([1, 1, 0, 0, 0]))).not.toBeNull();
  });

  test('contains the mean, has a width and stays within 0 and 100', () => {
    fc.assert(
      fc.property(anyHistogram, (histogram) => {
        const interval = meanInterval(histogram);
        fc.pre(interval !== null);
        const mean = meanScore(histogram) ?? Number.NaN;
        expect(interval.low).toBeGreaterThanOrEqual(0);
        expect(interval.high).toBeLessThanOrEqual(100);
        expect(interval.low).toBeLessThanOrEqual(mean);
        expect(interval.high).toBeGreaterThanOrEqual(mean);
        expect(interval.low).toBeLessThan(interval.high);
      }),
      { numRuns: deepRuns(300, 10_000) },
    );
  });

  test('does not depend on how the histogram is cut', () => {
    const whole = meanInterval([
      { score: 100, count: 3 },
      { score: 0, count: 2 },
    ]);
    const cut = meanInterval([
      { score: 0, count: 1 },
      { score: 100, count: 3 },
      { score: 0, count: 1 },
      { score: 50, count: 0 },
    ]);

    expect(cut).toEqual(whole);
  });

  test.each([
    [101, 1],
    [-1, 1],
    [Number.NaN, 1],
    [50, -1],
    [50, 1.5],
  ])('refuses score %d with count %d', (score, count) => {
    expect(() => meanInterval([{ score, count }])).toThrow(RangeError);
    expect(() => meanScore([{ score, count }])).toThrow(RangeError);
  });
});
