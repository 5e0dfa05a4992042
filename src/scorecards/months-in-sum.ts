import { groupBy } from '../shared/group-by.ts';
import { longPeriodOf } from '../shared/long-period.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { smallestThreshold } from '../statistics/small-numbers.ts';
import { keepsSecret } from '../statistics/suppression.ts';

/** How many answers a closed month has of one thing. */
export interface MonthCell {
  readonly period: ReportingPeriod;
  /** In the newest revision. */
  readonly n: number;
  /** In the first revision. */
  readonly firstN: number;
  /** Hidden although it has 5 or more, for it would tell something else. */
  readonly sealed?: boolean;
}

/** The months whose answers a sum may hold, and those it leaves out. */
export interface MonthsInSum {
  readonly included: ReadonlySet<ReportingPeriod>;
  /** Oldest first. */
  readonly leftOut: readonly ReportingPeriod[];
}

const isSmall = (n: number): boolean => n > 0 && n < smallestThreshold;

const monthsInQuarter = 3;

/** The small months of a complete quarter that may be published together: two at least, none changed since, none to be worked out. */
function publishable(quarter: readonly MonthCell[]): readonly MonthCell[] {
  const small = quarter.filter(({ firstN }) => isSmall(firstN));
  const unchanged = small.every(({ n, firstN, sealed }) => n === firstN && sealed !== true);
  const secret = keepsSecret(
    small.map(({ n }) => n),
    smallestThreshold,
  );
  return quarter.length === monthsInQuarter && unchanged && secret ? small : [];
}

/**
 * Which months of a window a sum may hold, so that no difference of sums and months that were ever published is a count of 1–4,
 * whichever windows somebody subtracts. A month with 5 or more stands by itself, as on its own scorecard. The months of a calendar
 * quarter with 1–4 answers go together, all or none, once all three are closed and in the window: they must add up to 5 or
 * more and leave each of them more than one possible value. So every sum is made of the same disjoint pieces, each of 5 or more.
 * Cells: the closed months of the window. Example: 12, 3, 4 in a quarter → all three (3 + 4 = 7); 12, 3, 9 → without the 3.
 */
export function monthsInSum(cells: readonly MonthCell[]): MonthsInSum {
  const alone = cells.filter(({ n, sealed }) => n === 0 || (n >= smallestThreshold && sealed !== true));
  const quarters = groupBy(cells, ({ period }) => longPeriodOf(period, 'quarter'));
  const together = [...quarters.values()].flatMap(publishable);
  const included = new Set([...alone, ...together].map(({ period }) => period));
  const leftOut = cells.map(({ period }) => period).filter((period) => !included.has(period));
  return { included, leftOut: leftOut.toSorted() };
}
