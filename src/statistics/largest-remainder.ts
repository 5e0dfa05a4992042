import { checkCount } from './proportion.ts';

/**
 * Whole-number shares of counts that add up to `total` exactly (100 for percent, 1000 for tenths of a percent), each less
 * than 1 away from its exact share; null when all counts are 0. Equal remainders: the larger count first, then the earlier.
 *
 * Source: Hamilton's method, which published HCAHPS splits follow. Example: 2, 2, 5 → 22, 22, 56. Throws a RangeError on a
 * count or total that is not a whole number of at least 0, or so large that count × total is not exact.
 */
export function largestRemainder(counts: readonly number[], total: number = 100): number[] | null {
  checkCount(total, 'total');
  for (const count of counts) checkCount(count, 'a count');
  const sum = counts.reduce((all, count) => all + count, 0);
  checkCount(sum * total, 'the counts times the total');
  if (sum === 0) return null;
  const shares = counts.map((count) => Math.floor((count * total) / sum));
  const missing = total - shares.reduce((all, share) => all + share, 0);
  counts
    .map((count, index) => ({ count, index, remainder: (count * total) % sum }))
    .toSorted((a, b) => b.remainder - a.remainder || b.count - a.count || a.index - b.index)
    .slice(0, missing)
    .forEach(({ index }) => {
      shares[index] = (shares[index] ?? 0) + 1;
    });
  return shares;
}
