/** A count of hits among valid answers: `{x: 90, n: 100}`. Both are whole numbers, 0 ≤ x ≤ n. */
export interface Proportion {
  readonly x: number;
  readonly n: number;
}

/** Throws a RangeError unless the value is a whole number of at least 0; `name` says in the message which one it was. */
export function checkCount(value: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${name} must be a whole number of at least 0`);
  }
}

/** Throws a RangeError unless x and n are whole numbers with 0 ≤ x ≤ n. */
export function checkProportion({ x, n }: Proportion): void {
  checkCount(x, 'x');
  checkCount(n, 'n');
  if (x > n) throw new RangeError('x must not be greater than n');
}

/**
 * Share of x in n, 0–1; null when n is 0, because no answers are no value, never 0. Example: 90 of 100 → 0.9;
 * 0 of 0 → null. Throws a RangeError unless 0 ≤ x ≤ n are whole numbers.
 */
export function ratio(x: number, n: number): number | null {
  checkProportion({ x, n });
  return n === 0 ? null : x / n;
}
