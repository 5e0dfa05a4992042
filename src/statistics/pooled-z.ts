import { normalTail } from './normal.ts';
import { checkProportion, type Proportion } from './proportion.ts';

/** A test statistic in standard errors and its two-sided p-value 0–1. */
export interface ZTest {
  readonly z: number;
  readonly p: number;
}

/**
 * Classical test of two proportions with a pooled standard error, for readers who compare with other software; the
 * scorecard decides by `twoProportionPValue`. Null when a side has n = 0 or all answers of both sides are alike.
 *
 * Source: Fleiss, Statistical Methods for Rates and Proportions, without continuity correction:
 * z = (p₁ − p₂)/√(p(1−p)(1/n₁ + 1/n₂)) with p = (x₁+x₂)/(n₁+n₂). Example: 90 of 100 against 80 of 100 → z 1.9803,
 * p 0.0477. Throws a RangeError unless 0 ≤ x ≤ n are whole numbers.
 */
export function pooledZ(current: Proportion, previous: Proportion): ZTest | null {
  checkProportion(current);
  checkProportion(previous);
  if (current.n === 0 || previous.n === 0) return null;
  const x = current.x + previous.x;
  const n = current.n + previous.n;
  if (x === 0 || x === n) return null;
  const pooled = x / n;
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / current.n + 1 / previous.n));
  const z = (current.x / current.n - previous.x / previous.n) / error;
  return { z, p: 2 * normalTail(Math.abs(z)) };
}
