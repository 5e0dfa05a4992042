import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { suppressSplit } from '../../src/statistics/suppression.ts';
import { deepRuns } from '../support/deep.ts';

const shownOf = (cells: readonly number[], threshold?: number): (number | '*')[] => {
  const hidden = suppressSplit(cells, threshold);
  return cells.map((cell, index) => (hidden[index] === true ? '*' : cell));
};
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Every split of `length` cells of 0 to `greatest`. */
function everySplit(length: number, greatest: number): number[][] {
  if (length === 0) return [[]];
  const values = Array.from({ length: greatest + 1 }, (_, value) => value);
  return everySplit(length - 1, greatest).flatMap((split) => values.map((value) => split.concat(value)));
}

/** Publications (total and shown cells) from which one who knows the rule works out a hidden cell of 1 to threshold − 1. */
function leaks(length: number, greatest: number, threshold: number): string[] {
  const possible = new Map<string, Set<number>[]>();
  for (const cells of everySplit(length, greatest).filter((split) => sumOf(split) >= threshold)) {
    const published = `${sumOf(cells)}: ${shownOf(cells, threshold).join(' ')}`;
    const values = possible.get(published) ?? cells.map(() => new Set<number>());
    for (const [index, cell] of cells.entries()) values[index]?.add(cell);
    possible.set(published, values);
  }
  const isLeak = (values: Set<number>): boolean =>
    values.size === 1 && [...values].every((value) => value > 0 && value < threshold);
  return [...possible].filter(([, cells]) => cells.some(isLeak)).map(([published]) => published);
}

describe('suppressSplit', () => {
  // NHS Friends and Family Test, nhsengland/fft_pipeline (MIT), suppression.py: total 232 = 150 + 80 + 2.
  test('hides the next smallest with a small cell, as the published example does', () => {
    expect(shownOf([150, 80, 2])).toEqual([150, '*', '*']);
  });

  test('does not stop at two small cells whose sum gives them away, where the published rule does', () => {
    expect(shownOf([150, 2, 1])).toEqual(['*', '*', '*']);
    expect(shownOf([150, 2, 1, 40])).toEqual([150, '*', '*', '*']);
  });

  test('shows a split without small cells', () => {
    expect(shownOf([5, 0, 10])).toEqual([5, 0, 10]);
    expect(shownOf([0, 0, 0])).toEqual([0, 0, 0]);
    expect(shownOf([])).toEqual([]);
  });

  test('shows zeros and large cells beside small ones that protect each other', () => {
    expect(shownOf([3, 2, 0, 148])).toEqual(['*', '*', 0, 148]);
  });

  test('hides equal cells together, because the choice between them would tell where the small one is', () => {
    expect(shownOf([7, 7, 3, 60])).toEqual(['*', '*', '*', 60]);
  });

  test('hides one more when the hidden ones could only all be 1, or all be 4', () => {
    expect(shownOf([1, 1, 1, 1, 1, 90])).toEqual(['*', '*', '*', '*', '*', '*']);
    expect(shownOf([4, 4, 4, 6, 90])).toEqual(['*', '*', '*', '*', 90]);
  });

  test('hides everything when too few answered to hide behind', () => {
    expect(shownOf([3, 0, 0])).toEqual(['*', '*', '*']);
    expect(shownOf([1, 1, 1, 1, 1])).toEqual(['*', '*', '*', '*', '*']);
  });

  test.each([
    [2, 14, 5],
    [3, 14, 5],
    [4, deepRuns(9, 14), 5],
    [5, deepRuns(6, 9), 5],
    [6, 6, 5],
    [3, 14, 7],
  ])(
    'in no split of %d cells up to %d can one who knows the total, the shown cells and this rule work out a cell below %d',
    (length, greatest, threshold) => {
      expect(leaks(length, greatest, threshold)).toEqual([]);
    },
  );

  test('hides every small cell, and what it hides adds up to the threshold in two cells at least', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { minLength: 2, maxLength: 12 }), (cells) => {
        const hidden = suppressSplit(cells);
        const secret = cells.filter((_, index) => hidden[index] === true);
        expect(cells.every((cell, index) => cell === 0 || cell > 4 || hidden[index] === true)).toBe(true);
        expect(hidden.includes(true)).toBe(cells.some((cell) => cell > 0 && cell < 5));
        const isSafe = secret.length >= 2 && sumOf(secret) >= 5;
        expect(isSafe || secret.length === 0 || sumOf(cells) < 5).toBe(true);
      }),
      { numRuns: deepRuns(500, 20_000) },
    );
  });

  test('does not depend on the order of the cells', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 10 }), (cells) => {
        expect(suppressSplit(cells.toReversed())).toEqual(suppressSplit(cells).toReversed());
      }),
    );
  });

  test('a threshold below 5 is raised to 5, a higher one holds', () => {
    expect(shownOf([4, 60, 90], 2)).toEqual(['*', '*', 90]);
    expect(shownOf([10, 60, 90], 11)).toEqual(['*', '*', 90]);
  });

  test('refuses cells and thresholds that cannot be', () => {
    expect(() => suppressSplit([-1])).toThrow(RangeError);
    expect(() => suppressSplit([1], Number.NaN)).toThrow(RangeError);
  });
});
