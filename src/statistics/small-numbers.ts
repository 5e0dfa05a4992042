import { checkCount } from './proportion.ts';

/** Smallest n at which something may be shown at all: nobody can configure less. */
export const smallestThreshold = 5;

/** From how many answers on: `hide` counts are shown, `countsOnly` percentages with a caution, `careful` everything. */
export interface DisplayThresholds {
  readonly hide: number;
  readonly countsOnly: number;
  readonly careful: number;
}

/** The ladder 5 / 30 / 100. */
export const defaultThresholds: DisplayThresholds = { hide: 5, countsOnly: 30, careful: 100 };

/**
 * What may be shown: `none` no answers; `hidden` nothing, 样本不足; `counts` counts, no percentage, no arrow; `careful`
 * percentage with its interval, 谨慎解读; `full` everything.
 */
export type DisplayLevel = 'none' | 'hidden' | 'counts' | 'careful' | 'full';

/**
 * How much of a figure with n answers may be shown. A threshold below the one before it, or below 5, is raised to it.
 *
 * Source: the ladder of the hospital's small-number rule; HCAHPS cautions below 100, CQC suppresses below 30, the NHS Friends
 * and Family Test below 5. Example: 0 → none, 4 → hidden, 29 → counts, 99 → careful, 100 → full. Throws a RangeError on an n
 * or threshold that is not a whole number of at least 0.
 */
export function displayLevel(n: number, thresholds: DisplayThresholds = defaultThresholds): DisplayLevel {
  checkCount(n, 'n');
  for (const threshold of Object.values(thresholds)) checkCount(Number(threshold), 'a threshold');
  const hide = Math.max(smallestThreshold, thresholds.hide);
  const countsOnly = Math.max(hide, thresholds.countsOnly);
  if (n === 0) return 'none';
  if (n < hide) return 'hidden';
  if (n < countsOnly) return 'counts';
  return n < Math.max(countsOnly, thresholds.careful) ? 'careful' : 'full';
}
