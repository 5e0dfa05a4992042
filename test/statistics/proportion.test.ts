import { describe, expect, test } from '@jest/globals';
import { ratio } from '../../src/statistics/proportion.ts';

describe('ratio', () => {
  test('is x divided by n', () => {
    expect(ratio(90, 100)).toBe(0.9);
  });

  test('of nobody is no value, never 0', () => {
    expect(ratio(0, 0)).toBeNull();
  });

  // NHS Friends and Family Test, nhsengland/fft_pipeline (MIT), doctests of processors.py: positive and negative shares;
  // 不清楚 stays in the total (A7 is the first row).
  test.each([
    [40 + 30, 100, 0.7],
    [10 + 5, 100, 0.15],
    [0, 0, null],
    [10 + 20, 50, 0.6],
    [5 + 5, 50, 0.2],
  ])('gives the published share of %d in %d', (x, total, share) => {
    expect(ratio(x, total)).toBe(share);
  });

  test.each([
    [-1, 5, 'x must'],
    [6, 5, 'x must not be greater'],
    [0.5, 5, 'x must'],
    [1, 5.5, 'n must'],
    [1, Number.NaN, 'n must'],
    [1, Infinity, 'n must'],
  ])('refuses %d of %d and says which number is wrong', (x, n, message) => {
    expect(() => ratio(x, n)).toThrow(RangeError);
    expect(() => ratio(x, n)).toThrow(message);
  });
});
