import * as fc from 'fast-check';
import type { Proportion } from '../../src/statistics/proportion.ts';

/** Any x of n with 1 ≤ n ≤ `greatest`. */
export function anyProportion(greatest: number = 2000): fc.Arbitrary<Proportion> {
  return fc
    .integer({ min: 1, max: greatest })
    .chain((n) => fc.integer({ min: 0, max: n }).map((x) => ({ x, n })));
}
