import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { composite, weightedIndex } from '../../src/statistics/composite.ts';
import { wilsonInterval } from '../../src/statistics/wilson.ts';
import { anyProportion } from './arbitrary-proportion.ts';

const item = (x: number, n: number) => ({ value: n === 0 ? null : x / n, interval: wilsonInterval(x, n) });

describe('composite', () => {
  test('A6: is the mean of the items, not of the pooled answers', () => {
    const { value, items } = composite([item(80, 100), item(45, 60), item(90, 100)]);

    expect(value).toBeCloseTo(0.81667, 5);
    expect(value).not.toBeCloseTo(215 / 260, 3);
    expect(items).toBe(3);
  });

  test('has the mean of the items’ limits as its interval', () => {
    const { interval } = composite([
      { value: 80, interval: { low: 70, high: 88 } },
      { value: 90, interval: { low: 84, high: 94 } },
    ]);

    expect(interval).toEqual({ low: 77, high: 91 });
  });

  test('leaves out an item without a value', () => {
    expect(composite([item(80, 100), item(0, 0)])).toEqual(composite([item(80, 100)]));
  });

  test('of items without values is no value', () => {
    expect(composite([item(0, 0)])).toEqual({ value: null, interval: null, items: 0 });
    expect(composite([])).toEqual({ value: null, interval: null, items: 0 });
  });

  test('has no interval when an item that counts has none', () => {
    const one = { value: 90, interval: null };

    expect(composite([one, { value: 80, interval: { low: 70, high: 88 } }])).toEqual({
      value: 85,
      interval: null,
      items: 2,
    });
  });

  test('lies between the least and the greatest item, inside its interval', () => {
    fc.assert(
      fc.property(fc.array(anyProportion(), { minLength: 1, maxLength: 9 }), (proportions) => {
        const { value, interval } = composite(proportions.map(({ x, n }) => item(x, n)));
        const ratios = proportions.map(({ x, n }) => x / n);
        expect(value).toBeGreaterThanOrEqual(Math.min(...ratios) - 1e-12);
        expect(value).toBeLessThanOrEqual(Math.max(...ratios) + 1e-12);
        expect(interval?.low).toBeLessThanOrEqual(value ?? -1);
        expect(interval?.high).toBeGreaterThanOrEqual(value ?? 2);
      }),
    );
  });
});

describe('weightedIndex', () => {
  test('weighs the parts as the form says', () => {
    expect(
      weightedIndex([
        { value: 90, weight: 3 },
        { value: 80, weight: 1 },
      ]),
    ).toBe(87.5);
  });

  test('is no value when a part that has a weight has no value', () => {
    expect(
      weightedIndex([
        { value: 90, weight: 1 },
        { value: null, weight: 1 },
      ]),
    ).toBeNull();
  });

  test('ignores a part of weight 0', () => {
    expect(
      weightedIndex([
        { value: 90, weight: 1 },
        { value: null, weight: 0 },
      ]),
    ).toBe(90);
  });

  test.each([[[]], [[0]], [[-1, 2]], [[Number.NaN]], [[Infinity]]])('refuses the weights %p', (weights) => {
    expect(() => weightedIndex(weights.map((weight) => ({ value: 90, weight })))).toThrow(RangeError);
  });
});
