import type { Clock } from '../shared/clock.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { countMonth } from './count-month.ts';
import type { CountMonthDeps } from './count-month.ts';
import type { Scorecard } from './scorecard.ts';

/** Counts an open month for its 快报. */
export type CountProvisional = (period: ReportingPeriod) => Promise<readonly Scorecard[]>;

const renewedEveryMs = 10 * 60_000;

/**
 * The 快报 of a month, counted once in ten minutes of the clock however often it is looked at: the cut-off is the last full ten
 * minutes, so that every instance shows the same. Only the month asked for last is remembered. A failed count is not remembered.
 */
export function createCountProvisional(
  deps: CountMonthDeps & { readonly clock: Clock; readonly settleMs: number },
): CountProvisional {
  let remembered: { readonly key: string; readonly cards: Promise<readonly Scorecard[]> } | null = null;
  return async (period) => {
    const settled = deps.clock.now().getTime() - deps.settleMs;
    const cutoffAt = new Date(Math.floor(settled / renewedEveryMs) * renewedEveryMs);
    const key = `${period}@${cutoffAt.toISOString()}`;
    if (remembered?.key !== key) {
      remembered = { key, cards: countMonth(deps, { period, revision: 1, cutoffAt }) };
    }
    const current = remembered;
    try {
      return await current.cards;
    } catch (error) {
      if (remembered === current) remembered = null;
      throw error;
    }
  };
}
