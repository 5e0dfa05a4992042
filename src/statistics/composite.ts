import type { Interval } from './wilson.ts';

/** Value of one item with its interval, in one unit (ratio 0–1 or score 0–100); null where it has none. */
export interface CompositeItem {
  readonly value: number | null;
  readonly interval: Interval | null;
}

/** Value of a dimension. */
export interface Composite {
  /** In the items' unit; null when no item has a value. */
  readonly value: number | null;
  /** APPROXIMATE: the mean of the items' limits. Null when an item that counts has no interval. */
  readonly interval: Interval | null;
  /** How many items have a value. */
  readonly items: number;
}

/** A dimension's value and the weight its form declares. */
export interface WeightedPart {
  readonly value: number | null;
  readonly weight: number;
}

/** Average of numbers; null of none. */
function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Unweighted mean of items' values, each on its own n; an item without a value is left out, never 0. Answers are not
 * pooled: an item asked of few counts as much as one asked of all.
 *
 * Source: HCAHPS composite rule. Example: 80 of 100, 45 of 60 and 90 of 100 → 0.81667 (pooled it would be 0.82692).
 */
export function composite(items: readonly CompositeItem[]): Composite {
  const used = items.filter(({ value }) => value !== null);
  const intervals = used.flatMap(({ interval }) => (interval === null ? [] : [interval]));
  const low = meanOf(intervals.map((interval) => interval.low));
  const high = meanOf(intervals.map((interval) => interval.high));
  return {
    value: meanOf(used.flatMap(({ value }) => (value === null ? [] : [value]))),
    interval: intervals.length < used.length || low === null || high === null ? null : { low, high },
    items: used.length,
  };
}

/**
 * 综合得分 by the weights a form declares, in the parts' unit; weights need not add up to 1. Null when a part with a
 * weight has no value: leaving it out would compare different things under one name.
 *
 * Weighted arithmetic mean Σwv/Σw. Example: 90 with weight 3 and 80 with weight 1 → 87.5. Throws a RangeError on a weight
 * that is negative or not finite, or when no weight is above 0.
 */
export function weightedIndex(parts: readonly WeightedPart[]): number | null {
  if (parts.some(({ weight }) => !Number.isFinite(weight) || weight < 0)) {
    throw new RangeError('a weight must be a finite number of at least 0');
  }
  const used = parts.filter(({ weight }) => weight > 0);
  const weights = used.reduce((sum, { weight }) => sum + weight, 0);
  if (weights === 0) throw new RangeError('at least one weight must be above 0');
  let sum = 0;
  for (const { value, weight } of used) {
    if (value === null) return null;
    sum += weight * value;
  }
  return sum / weights;
}
