import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { wilsonInterval, Z_95, Z_998 } from '../../src/statistics/wilson.ts';
import { deepRuns } from '../support/deep.ts';
import { anyProportion } from './arbitrary-proportion.ts';

const runs = { numRuns: deepRuns(300, 20_000) };

// Limits published by the UK Health Security Agency: ukhsa-collaboration/PHEindicatormethods, commit 093fd288,
// tests/testthat/testdata_Proportion.xlsx: unit, x, n, 95 % low and high, 99.8 % low and high.
type PublishedRow = readonly [unit: number, x: number, n: number, limits: readonly number[]];
const publishedLimits: PublishedRow[] = [
  [1, 1, 100, [0.0017674320641406511, 0.054486196178705294, 0.000873065697299977, 0.1045544528370582]],
  [1, 5, 100, [0.02154367915436798, 0.11175046923191911, 0.013865320725997183, 0.16458852282596442]],
  [1, 20, 100, [0.1333669333310325, 0.28882916559315885, 0.10519162066711432, 0.3471109417008601]],
  [1, 65, 100, [0.5525444329688797, 0.7363575175690247, 0.4954946574070431, 0.7783540614089697]],
  [1, 9856, 12345, [0.7912101752909069, 0.8053640073614909, 0.7869924108419063, 0.8093061412589626]],
  [
    1,
    7776456,
    7564336677,
    [0.0010273201001641094, 0.0010287644578977231, 0.0010269040118442213, 0.0010291812992698397],
  ],
  [1, 222, 3215, [0.060791690363636595, 0.07833956681383633, 0.05647101964624248, 0.08418414185270134]],
  [1, 999, 3456, [0.27418951080009873, 0.30440389662818057, 0.26583995768074953, 0.3134475449279985]],
  [100, 1, 100, [0.1767432064140651, 5.44861961787053, 0.0873065697299977, 10.45544528370582]],
  [100, 5, 100, [2.154367915436798, 11.17504692319191, 1.3865320725997183, 16.458852282596443]],
  [100, 20, 100, [13.33669333310325, 28.882916559315884, 10.519162066711433, 34.71109417008601]],
  [100, 65, 100, [55.25444329688797, 73.63575175690247, 49.54946574070431, 77.83540614089696]],
  [100, 9856, 12345, [79.1210175290907, 80.53640073614909, 78.69924108419063, 80.93061412589626]],
  [
    100,
    7776456,
    7564336677,
    [0.10273201001641094, 0.10287644578977231, 0.10269040118442213, 0.10291812992698397],
  ],
  [100, 222, 3215, [6.07916903636366, 7.833956681383633, 5.647101964624248, 8.418414185270134]],
  [100, 999, 3456, [27.418951080009872, 30.440389662818056, 26.583995768074953, 31.344754492799847]],
];

describe('wilsonInterval', () => {
  test.each(publishedLimits)('at unit %d gives the published limits of %d of %d', (unit, x, n, limits) => {
    const inner = wilsonInterval(x, n, Z_95);
    const outer = wilsonInterval(x, n, Z_998);

    const ours = [inner?.low, inner?.high, outer?.low, outer?.high];
    const worst = Math.max(...limits.map((limit, index) => Math.abs((ours[index] ?? 9) * unit - limit)));
    expect(worst).toBeLessThan(1e-12 * unit);
  });

  // The last three rows of the same file have no numerator, no denominator, or neither, and no limits.
  test.each([
    [Number.NaN, 100],
    [10, Number.NaN],
    [Number.NaN, Number.NaN],
  ])('refuses a missing count: %d of %d', (x, n) => {
    expect(() => wilsonInterval(x, n)).toThrow(RangeError);
  });

  // Newcombe, Stat Med 1998;17:857, table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('gives Newcombe’s printed limits of %d of %d', (x, n, low, high) => {
    const interval = wilsonInterval(x, n);

    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  // R package binom and statsmodels' regression cases (issue 7386); the last two recomputed by hand.
  test.each([
    [18, 20, 0.6989663547715128, 0.9721335187862318],
    [4, 20, 0.0806576625797981, 0.4160174322518935],
    [19, 38, 0.348499283643951, 0.651500716356049],
    [430, 474, 0.8776756906113914, 0.9301236178718919],
    [5, 5, 0.565518, 1],
    [0, 5, 0, 0.434482],
  ])('gives the limits other software gives for %d of %d', (x, n, low, high) => {
    const interval = wilsonInterval(x, n);

    expect(interval?.low).toBeCloseTo(low, 6);
    expect(interval?.high).toBeCloseTo(high, 6);
  });

  test('uses the exact 95 % point, not 1.96: the difference shows in the seventh digit', () => {
    expect(wilsonInterval(430, 474)?.low).toBeCloseTo(0.8776756906113914, 13);
    expect(wilsonInterval(430, 474, 1.96)?.low).toBeCloseTo(0.8776750858242243, 13);
  });

  // How wide 90 % is at common monthly numbers of answers, in percent.
  test.each([
    [10, 59.6, 98.2],
    [20, 69.9, 97.2],
    [30, 74.4, 96.5],
    [50, 78.6, 95.7],
    [100, 82.6, 94.5],
    [200, 85.1, 93.4],
    [300, 86.1, 92.9],
    [500, 87.1, 92.3],
  ])('says how little %d answers tell about a rate of 90 %%', (n, low, high) => {
    const interval = wilsonInterval(0.9 * n, n);

    expect(Number(((interval?.low ?? 0) * 100).toFixed(1))).toBe(low);
    expect(Number(((interval?.high ?? 0) * 100).toFixed(1))).toBe(high);
  });

  test.each([38, 77, 1, 3, 1_000_000])('ends exactly at 0 and 1 with all or none of %d', (n) => {
    expect(wilsonInterval(n, n)?.high).toBe(1);
    expect(wilsonInterval(0, n)?.low).toBe(0);
  });

  test('of nobody is no value', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });

  test.each([
    [-1, 5, Z_95],
    [6, 5, Z_95],
    [1.5, 5, Z_95],
    [1, 0, Z_95],
    [1, 5, -1],
    [1, 5, Number.NaN],
    [1, 5, Infinity],
  ])('refuses %d of %d at z %d', (x, n, z) => {
    expect(() => wilsonInterval(x, n, z)).toThrow(RangeError);
  });

  test('contains the observed share and stays within 0 and 1', () => {
    fc.assert(
      fc.property(anyProportion(), ({ x, n }) => {
        const { low, high } = wilsonInterval(x, n) ?? { low: Number.NaN, high: Number.NaN };
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(x / n);
        expect(high).toBeGreaterThanOrEqual(x / n);
        expect(low).toBeLessThan(high);
      }),
      runs,
    );
  });

  test('of the misses is the mirror image of that of the hits', () => {
    fc.assert(
      fc.property(anyProportion(), ({ x, n }) => {
        const hits = wilsonInterval(x, n);
        const misses = wilsonInterval(n - x, n);
        expect(misses?.low).toBeCloseTo(1 - (hits?.high ?? 0), 12);
        expect(misses?.high).toBeCloseTo(1 - (hits?.low ?? 0), 12);
      }),
      runs,
    );
  });

  test('narrows when the same share rests on more answers', () => {
    fc.assert(
      fc.property(anyProportion(), fc.integer({ min: 2, max: 50 }), ({ x, n }, times) => {
        const few = wilsonInterval(x, n) ?? { low: 0, high: 0 };
        const many = wilsonInterval(x * times, n * times) ?? { low: 0, high: 1 };
        expect(many.high - many.low).toBeLessThan(few.high - few.low);
      }),
      runs,
    );
  });

  test('widens with z', () => {
    fc.assert(
      fc.property(anyProportion(), ({ x, n }) => {
        const inner = wilsonInterval(x, n, Z_95) ?? { low: 0, high: 1 };
        const outer = wilsonInterval(x, n, Z_998) ?? { low: 1, high: 0 };
        expect(outer.high - outer.low).toBeGreaterThan(inner.high - inner.low);
      }),
      runs,
    );
  });
});
