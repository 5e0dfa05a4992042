import { smallestThreshold } from '../statistics/small-numbers.ts';

/**
 * Whether a count may be shown in place of an earlier one that people have seen. The difference of the two is a figure of its
 * own: 1–4 would tell what single patients answered. From a hidden count of 1–4 it must grow to at least 9, so that the
 * growth (5 or more) leaves every hidden value from 1 to 4 possible. Example: 100 → 105 and 3 → 9 yes; 100 → 103 and 3 → 8 no.
 */
export function mayReplace(before: number, after: number): boolean {
  if (before === after) return true;
  const wasHidden = before > 0 && before < smallestThreshold;
  if (wasHidden && after < 2 * smallestThreshold - 1) return false;
  return Math.abs(after - before) >= smallestThreshold;
}
