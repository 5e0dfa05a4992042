import { checkCount } from './proportion.ts';
import { smallestThreshold } from './small-numbers.ts';

/** Sum of numbers. */
function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/**
 * Whether the hidden cells, one of which at least is small, keep their secret when their number and sum are known: they
 * add up to the threshold (so they are two at least), and they are not all at one end of the small range, where only one
 * way of adding up would be left.
 */
export function keepsSecret(hidden: readonly number[], threshold: number): boolean {
  return (
    sumOf(hidden) >= threshold &&
    !hidden.every((value) => value === 1) &&
    !hidden.every((value) => value === threshold - 1)
  );
}

/**
 * Which cells of a split to hide (true) so that a reader who knows the published total, the shown cells and this rule
 * cannot work out a cell of 1–4. Counts, percentages and everything else of a hidden cell go together.
 *
 * Every cell of 1 to threshold − 1 is hidden; then the smallest shown cells above 0, all equal ones together, until at least
 * two are hidden that add up to the threshold; where that cannot be reached, or there are no more answers than cells, the
 * zeros too. Stronger than the NHS Friends and Family Test pipeline, which shows the percentages of the second row and lets a
 * residual below 5 stand. Example: 150, 80, 2 → only 150 shown; 150, 2, 1 → nothing shown. A total below the threshold must
 * not be published either. A threshold below 5 is raised to 5. Throws a RangeError on a cell or threshold that is not a
 * whole number of at least 0.
 */
export function suppressSplit(cells: readonly number[], threshold: number = smallestThreshold): boolean[] {
  for (const cell of cells) checkCount(cell, 'a cell');
  checkCount(threshold, 'the threshold');
  const floor = Math.max(smallestThreshold, threshold);
  if (!cells.some((cell) => cell > 0 && cell < floor)) return cells.map(() => false);
  let limit = floor - 1;
  const hiddenNow = (): number[] => cells.filter((cell) => cell > 0 && cell <= limit);
  while (!keepsSecret(hiddenNow(), floor)) {
    const shown = cells.filter((cell) => cell > limit);
    if (shown.length === 0) return cells.map(() => true);
    limit = Math.min(...shown);
  }
  return sumOf(cells) <= cells.length
    ? cells.map(() => true)
    : cells.map((cell) => cell > 0 && cell <= limit);
}
