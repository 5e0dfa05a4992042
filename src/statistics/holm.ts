/** Outcome of Holm's procedure, in the order of the tests handed in. */
export interface HolmResult {
  /** Adjusted p-values 0–1: compare with alpha directly. Null where nothing was tested. */
  readonly adjusted: readonly (number | null)[];
  /** Whether the change is more than chance; false where nothing was tested. */
  readonly rejected: readonly boolean[];
}

/** Throws a RangeError unless the value lies in 0–1. */
function checkProbability(value: number, name: string): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} must lie between 0 and 1`);
}

/**
 * Holm's step-down correction: over all the tests of one scorecard the chance of even one false mover is at most
 * alpha. A null p-value was not tested and does not count.
 *
 * Source: Holm, Scand J Stat 1979;6:65. The i-th smallest of m p-values (i from 0) is multiplied by m − i, never falls
 * below an earlier one, and is cut at 1. Example: 0.01, 0.04, null, 0.03 → 0.03, 0.06, null, 0.06: at alpha 0.05 only
 * the first is rejected. Throws a RangeError on a p-value or alpha outside 0–1.
 */
export function holm(pValues: readonly (number | null)[], alpha: number = 0.05): HolmResult {
  checkProbability(alpha, 'alpha');
  const tested = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }]));
  for (const { p } of tested) checkProbability(p, 'a p-value');
  const adjusted: (number | null)[] = pValues.map(() => null);
  let floor = 0;
  for (const [rank, { p, index }] of tested.toSorted((a, b) => a.p - b.p).entries()) {
    floor = Math.max(floor, Math.min(1, (tested.length - rank) * p));
    adjusted[index] = floor;
  }
  return { adjusted, rejected: adjusted.map((p) => p !== null && p <= alpha) };
}
