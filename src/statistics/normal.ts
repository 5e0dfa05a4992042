const seriesBelow = 3;
const smallestTerm = 1e-17;
const fractionDepth = 200;

/** Density of the standard normal distribution. Example: 0 → 0.3989422804014327. */
function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** Probability between 0 and z ≥ 0 by the series φ(z)·(z + z³/3 + z⁵/(3·5) + …), all of whose terms are positive. */
function centralProbability(z: number): number {
  let term = z;
  let sum = z;
  for (let odd = 3; term > smallestTerm * sum; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return normalDensity(z) * sum;
}

/** Upper tail for a large z by Laplace's continued fraction φ(z)/(z + 1/(z + 2/(z + 3/(z + …)))). */
function farTail(z: number): number {
  let denominator = z;
  for (let step = fractionDepth; step >= 1; step -= 1) denominator = z + step / denominator;
  return normalDensity(z) / denominator;
}

/**
 * Probability 0–1 that a standard normal variable is greater than z, to a relative error below 1e-12.
 *
 * Source: Abramowitz & Stegun, Handbook of Mathematical Functions, 26.2.11 (series) and 26.2.14 (continued fraction).
 * Example: 1.959963984540054 → 0.025; 0 → 0.5; Infinity → 0. Throws a RangeError on NaN.
 */
export function normalTail(z: number): number {
  if (Number.isNaN(z)) throw new RangeError('z must be a number');
  if (z < 0) return 1 - normalTail(-z);
  if (z === Infinity) return 0;
  return z < seriesBelow ? 0.5 - centralProbability(z) : farTail(z);
}
