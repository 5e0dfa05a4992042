import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { defaultThresholds, displayLevel } from '../../src/statistics/small-numbers.ts';

describe('displayLevel', () => {
  test.each([
    [0, 'none'],
    [1, 'hidden'],
    [4, 'hidden'],
    [5, 'counts'],
    [29, 'counts'],
    [30, 'careful'],
    [99, 'careful'],
    [100, 'full'],
    [1_000_000, 'full'],
  ])('%d answers are shown as %s', (n, level) => {
    expect(displayLevel(n)).toBe(level);
  });

  test('a hospital can hide more', () => {
    expect(displayLevel(10, { hide: 11, countsOnly: 50, careful: 200 })).toBe('hidden');
    expect(displayLevel(49, { hide: 11, countsOnly: 50, careful: 200 })).toBe('counts');
    expect(displayLevel(199, { hide: 11, countsOnly: 50, careful: 200 })).toBe('careful');
  });

  test('nobody can show fewer than 5', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.nat(9),
        fc.nat(9),
        fc.nat(9),
        (n, hide, countsOnly, careful) => {
          expect(displayLevel(n, { hide, countsOnly, careful })).toBe('hidden');
        },
      ),
    );
  });

  test('thresholds out of order never skip a step downwards', () => {
    expect(displayLevel(40, { hide: 50, countsOnly: 30, careful: 20 })).toBe('hidden');
    expect(displayLevel(50, { hide: 50, countsOnly: 30, careful: 20 })).toBe('full');
  });

  test('more answers never show less', () => {
    const order = ['none', 'hidden', 'counts', 'careful', 'full'];
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (a, b) => {
        const [few, many] = [order.indexOf(displayLevel(a)), order.indexOf(displayLevel(b))];
        expect(Math.sign(few - many) * Math.sign(a - b)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('refuses an n or a threshold that cannot be', () => {
    expect(() => displayLevel(-1)).toThrow(RangeError);
    expect(() => displayLevel(3, { ...defaultThresholds, hide: Number.NaN })).toThrow(RangeError);
  });
});
