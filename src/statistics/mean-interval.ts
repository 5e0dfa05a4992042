import { checkCount } from './proportion.ts';
import { wilsonInterval, Z_95, type Interval } from './wilson.ts';

/** How many valid answers have one score (0–100). A histogram holds one entry or several per score. */
export interface ScoreCount {
  readonly score: number;
  readonly count: number;
}

const topScore = 100;

/** Throws a RangeError unless every score lies in 0–100 and every count is a whole number of at least 0. */
function checkHistogram(histogram: readonly ScoreCount[]): void {
  for (const { score, count } of histogram) {
    if (!(score >= 0 && score <= topScore)) throw new RangeError('a score must lie between 0 and 100');
    checkCount(count, 'a count');
  }
}

/** Number of answers in a histogram. Example: 60 answers of score 100 and 30 of score 75 → 90. */
export function answersIn(histogram: readonly ScoreCount[]): number {
  return histogram.reduce((sum, { count }) => sum + count, 0);
}

/**
 * Mean score 0–100 of a histogram; null when it is empty.
 *
 * Source: linear mean scoring of CAHPS Hospital Survey, each answer with its option's score. Example: 60, 30, 6, 3, 1
 * answers of score 100, 75, 50, 25, 0 → 86.25. Throws a RangeError on a score outside 0–100 or a count that is not a
 * whole number of at least 0.
 */
export function meanScore(histogram: readonly ScoreCount[]): number | null {
  checkHistogram(histogram);
  const n = answersIn(histogram);
  if (n === 0) return null;
  return histogram.reduce((sum, { score, count }) => sum + score * count, 0) / n;
}

/**
 * Limits 0–100 when all n answers have the same score: the sample standard deviation is then 0 and would promise
 * certainty. By Wilson, up to z²/(n+z²) of all patients may answer otherwise without one having been heard; the limits
 * are the mean if those all scored 0, and if they all scored 100.
 */
function intervalWithoutSpread(mean: number, n: number, z: number): Interval | null {
  const unheard = wilsonInterval(0, n, z);
  if (unheard === null) return null;
  return { low: mean - unheard.high * mean, high: mean + unheard.high * (topScore - mean) };
}

/**
 * APPROXIMATE interval of a mean score, 0–100, clipped; null for fewer than two answers. Print it as approximate.
 *
 * Normal approximation mean ± z·s/√n with the sample standard deviation s (n − 1). Student's t is not used: means are
 * shown only from 30 answers on, where t is 4 % wider at most, less than the error that comes from a skewed 5-point
 * scale. Source: Altman et al., Statistics with Confidence, chapter 4. Example: 60, 30, 6, 3, 1 answers of score 100,
 * 75, 50, 25, 0 → mean 86.25, s 20.528, limits 82.227–90.273. Throws a RangeError as `meanScore` does.
 */
export function meanInterval(histogram: readonly ScoreCount[], z: number = Z_95): Interval | null {
  const mean = meanScore(histogram);
  const n = answersIn(histogram);
  if (mean === null || n < 2) return null;
  const scores = new Set(histogram.filter(({ count }) => count > 0).map(({ score }) => score));
  if (scores.size === 1) return intervalWithoutSpread(mean, n, z);
  const squares = histogram.reduce((sum, { score, count }) => sum + count * (score - mean) ** 2, 0);
  const half = z * Math.sqrt(squares / (n - 1) / n);
  return { low: Math.max(0, mean - half), high: Math.min(topScore, mean + half) };
}
