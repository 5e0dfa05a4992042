import { checkProportion } from './proportion.ts';

/** Two limits in the unit of the value they belong to: 0–1 for a ratio, 0–100 for a score. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % point of the standard normal distribution. Not rounded to 1.96: limits would differ from the sixth digit. */
export const Z_95 = 1.959963984540054;

/** Two-sided 99.8 % point of the standard normal distribution, the outer limit of funnels. */
export const Z_998 = 3.090232306167813;

/**
 * Wilson score interval of a proportion, as ratios 0–1; null when n is 0. Exactly 0 at x = 0 and exactly 1 at x = n,
 * where floating point would give 0.9999999999999999.
 *
 * Source: Wilson, J Am Stat Assoc 1927;22:209; method 3 of Newcombe, Stat Med 1998;17:857.
 * centre = (x + z²/2)/(n + z²), half = z/(n + z²)·√(x(n−x)/n + z²/4). Example: 81 of 263 → 0.2553–0.3662.
 * Throws a RangeError unless 0 ≤ x ≤ n are whole numbers and z is a finite number of at least 0.
 */
export function wilsonInterval(x: number, n: number, z: number = Z_95): Interval | null {
  checkProportion({ x, n });
  if (!Number.isFinite(z) || z < 0) throw new RangeError('z must be a finite number of at least 0');
  if (n === 0) return null;
  const scale = n + z * z;
  const centre = (x + (z * z) / 2) / scale;
  const half = (z / scale) * Math.sqrt((x * (n - x)) / n + (z * z) / 4);
  return {
    low: x === 0 ? 0 : Math.max(0, centre - half),
    high: x === n ? 1 : Math.min(1, centre + half),
  };
}
