import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { median } from '../../scripts/bench/median.ts';

describe('median', () => {
  test('of an odd count is the middle value, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  test('of an even count is the mean of the two middle values', () => {
    expect(median([4, 1, 100, 2])).toBe(3);
  });

  test('orders numbers by size, not as text', () => {
    expect(median([10, 9, 2])).toBe(9);
  });

  test('of nothing does not exist', () => {
    expect(() => median([])).toThrow('The median of nothing does not exist.');
  });

  test('has as many values above it as below it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values);

        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });

  test('leaves the given list as it was', () => {
    const values = [3, 1, 2];

    median(values);

    expect(values).toEqual([3, 1, 2]);
  });
});
