import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { roundPercent, roundTo } from '../../src/statistics/rounding.ts';

describe('roundTo', () => {
  test.each([
    [1.005, 2, 1.01],
    [1.255, 2, 1.26],
    [2.5, 0, 3],
    [-2.5, 0, -3],
    [-1.005, 2, -1.01],
    [100 * 0.145, 0, 15],
    [0.615 * 100, 0, 62],
    [1.45, 1, 1.5],
    [8.345, 2, 8.35],
    [1.0049, 2, 1],
    [90.333, 0, 90],
    [1e-7, 2, 0],
    [5e-7, 6, 0.000001],
    [1e21, 2, 1e21],
    [123456789.125, 2, 123456789.13],
  ])('rounds %d to %d digits as by hand', (value, digits, rounded) => {
    expect(roundTo(value, digits)).toBe(rounded);
  });

  test('never gives a negative zero', () => {
    expect(roundTo(-0.001, 2)).toBe(0);
    expect(roundTo(-0, 2)).toBe(0);
  });

  test('of any number of hundredths and a half goes away from zero', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (hundredths) => {
        const half = Number(`${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}5`);
        expect(roundTo(half, 2)).toBe((hundredths + 1) / 100);
        expect(roundTo(-half, 2)).toBe(-(hundredths + 1) / 100);
      }),
    );
  });

  test('rounded again stays the same', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.nat({ max: 4 }), (value, digits) => {
        const once = roundTo(value, digits);
        expect(roundTo(once, digits)).toBe(once);
        expect(Math.abs(once - value)).toBeLessThanOrEqual(0.5 * 10 ** -digits + 1e-9);
      }),
    );
  });

  test.each([
    [Number.NaN, 1],
    [Infinity, 1],
    [1, -1],
    [1, 1.5],
    [1, 16],
  ])('refuses %d with %d digits', (value, digits) => {
    expect(() => roundTo(value, digits)).toThrow(RangeError);
  });
});

describe('roundPercent', () => {
  test('shows a ratio as percent', () => {
    expect(roundPercent(0.8166667)).toBe(81.7);
    expect(roundPercent(0.145, 0)).toBe(15);
  });

  test('keeps no value as no value', () => {
    expect(roundPercent(null)).toBeNull();
  });
});
