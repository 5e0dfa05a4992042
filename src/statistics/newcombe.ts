import { normalTail } from './normal.ts';
import { checkProportion, type Proportion } from './proportion.ts';
import { wilsonInterval, Z_95, type Interval } from './wilson.ts';

/** Change of a proportion and its limits, all −1 to 1 (0.05 is five percentage points). */
export interface Difference extends Interval {
  readonly difference: number;
}

/** Beyond this z the tail is 0 in double precision. */
const greatestZ = 40;
const halvings = 80;

/**
 * Change from the previous to the current proportion with Newcombe's hybrid score interval; null when either n is 0.
 *
 * Source: method 10 of Newcombe, Stat Med 1998;17:873. With Wilson limits l, u of each side: d = p₁ − p₂,
 * low = d − √((p₁−l₁)² + (u₂−p₂)²), high = d + √((u₁−p₁)² + (p₂−l₂)²). Example: 56 of 70 against 48 of 80 →
 * 0.2, 0.0524 to 0.3339. Throws a RangeError unless 0 ≤ x ≤ n are whole numbers.
 */
export function newcombeDifference(
  current: Proportion,
  previous: Proportion,
  z: number = Z_95,
): Difference | null {
  const now = wilsonInterval(current.x, current.n, z);
  const before = wilsonInterval(previous.x, previous.n, z);
  if (now === null || before === null) return null;
  const p1 = current.x / current.n;
  const p2 = previous.x / previous.n;
  const difference = p1 - p2;
  return {
    difference,
    low: Math.max(-1, difference - Math.hypot(p1 - now.low, before.high - p2)),
    high: Math.min(1, difference + Math.hypot(now.high - p1, p2 - before.low)),
  };
}

/** Whether an interval of a difference leaves 0 outside: the change is then more than chance at that level. */
export function excludesZero({ low, high }: Interval): boolean {
  return low > 0 || high < 0;
}

/**
 * Two-sided p-value 0–1 that agrees with Newcombe's interval: the smallest error rate α whose (1−α) interval leaves 0
 * outside, so that p ≤ 0.05 exactly when the 95 % interval excludes 0. Null when either n is 0; 1 when both
 * proportions are equal; 0 below the smallest positive number.
 *
 * The interval widens steadily with z, so the z at which it touches 0 is found by halving. Example: 90 of 100 against
 * 80 of 100, whose 95 % interval 0.0001 to 0.1995 barely excludes 0 → 0.0497; 45 of 50 against 40 of 50 → 0.1652.
 * Throws a RangeError unless 0 ≤ x ≤ n are whole numbers.
 */
export function twoProportionPValue(current: Proportion, previous: Proportion): number | null {
  checkProportion(current);
  checkProportion(previous);
  if (current.n === 0 || previous.n === 0) return null;
  let outside = 0;
  let inside = greatestZ;
  for (let step = 0; step < halvings; step += 1) {
    const z = (outside + inside) / 2;
    const change = newcombeDifference(current, previous, z);
    if (change !== null && excludesZero(change)) outside = z;
    else inside = z;
  }
  return 2 * normalTail(outside);
}
