import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { normalTail } from '../../src/statistics/normal.ts';
import { Z_95, Z_998 } from '../../src/statistics/wilson.ts';

describe('normalTail', () => {
  // ½·erfc(z/√2) of the C mathematical library; 2.999999 and 3 lie on both sides of the change of method.
  test.each([
    [0.5, 0.3085375387259869],
    [1, 0.15865525393145707],
    [2, 0.02275013194817922],
    [2.9, 0.0018658133003840384],
    [2.999999, 0.001349902463485155],
    [3, 0.0013498980316300957],
    [4, 3.1671241833119965e-5],
    [8, 6.220960574271819e-16],
    [20, 2.7536241186063314e-89],
  ])('at %d agrees with the complementary error function to twelve digits', (z, tail) => {
    expect(Math.abs(normalTail(z) / tail - 1)).toBeLessThan(1e-12);
  });

  test('gives back the error rates of the two z the service uses', () => {
    expect(2 * normalTail(Z_95)).toBeCloseTo(0.05, 14);
    expect(2 * normalTail(Z_998)).toBeCloseTo(0.002, 14);
  });

  test('is a half in the middle and nothing at the end', () => {
    expect([normalTail(0), normalTail(Infinity), normalTail(-Infinity)]).toEqual([0.5, 0, 1]);
  });

  test('falls with z, and both tails add up to 1', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (z) => {
        expect(normalTail(z) + normalTail(-z)).toBeCloseTo(1, 14);
        expect(normalTail(Math.abs(z) + 0.01)).toBeLessThan(normalTail(Math.abs(z)));
      }),
    );
  });

  test('refuses what is no number', () => {
    expect(() => normalTail(Number.NaN)).toThrow(RangeError);
  });
});
