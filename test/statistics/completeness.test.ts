import { describe, expect, test } from '@jest/globals';
import { completeness } from '../../src/statistics/completeness.ts';

describe('completeness', () => {
  test('A10: of five responses the one below half counts as partial', () => {
    const answered = [10, 9, 8, 5, 4];

    const complete = answered.filter((count) => completeness(count, 10) === 'complete');

    expect(complete).toHaveLength(4);
  });

  test.each([
    [4, 8, 'complete'],
    [3, 8, 'partial'],
    [4, 9, 'partial'],
    [5, 9, 'complete'],
    [0, 1, 'partial'],
  ])('%d of %d common items answered is %s', (answered, applicable, expected) => {
    expect(completeness(answered, applicable)).toBe(expected);
  });

  test('a form without common items makes every response complete', () => {
    expect(completeness(0, 0)).toBe('complete');
  });

  test('refuses more answers than items', () => {
    expect(() => completeness(3, 2)).toThrow(RangeError);
  });
});
