const significantDigits = 15;

/**
 * A number rounded for display, half away from zero as people do by hand. It rounds the decimal number that is meant, not
 * its binary neighbour: what is beyond 15 significant digits is noise of the calculation. Only view models round.
 *
 * Example: (1.005, 2) → 1.01; (−2.5, 0) → −3; (100·0.145, 0) → 15. Never gives −0. Throws a RangeError unless the value is
 * finite and digits is a whole number from 0 to 15.
 */
export function roundTo(value: number, digits: number): number {
  if (!Number.isFinite(value)) throw new RangeError('the value must be a finite number');
  if (!Number.isInteger(digits) || digits < 0 || digits > significantDigits) {
    throw new RangeError('digits must be a whole number from 0 to 15');
  }
  const [mantissa = '0', exponent = '0'] = Math.abs(value)
    .toExponential(significantDigits - 1)
    .split('e');
  const shifted = Number(`${mantissa}e${Number(exponent) + digits}`);
  if (shifted > Number.MAX_SAFE_INTEGER) return value;
  const rounded = Number(`${Math.round(shifted)}e-${digits}`);
  return value < 0 && rounded > 0 ? -rounded : rounded;
}

/**
 * A ratio 0–1 as percent rounded for display; null stays null, shown as '-'. Example: (0.8166667, 1) → 81.7. Throws a
 * RangeError as `roundTo` does.
 */
export function roundPercent(ratio: number | null, digits: number = 1): number | null {
  return ratio === null ? null : roundTo(ratio * 100, digits);
}
