import { parseReportingPeriod } from '../shared/reporting-period.ts';
import { openMonth } from './find-scorecard.ts';
import type { FindScorecardDeps } from './find-scorecard.ts';
import { presentProvisional } from './provisional-scorecard.ts';
import type { ScorecardStore } from './scorecard.store.ts';
import { inListOrder, summaryOf, summaryOfPresented } from './scorecard-summary.ts';
import type { MonthOfScorecards } from './scorecard-summary.ts';

/** What listing needs. */
export interface ListScorecardsDeps extends Omit<
  FindScorecardDeps,
  'scorecards' | 'describeRevision' | 'rollingSum'
> {
  readonly scorecards: Pick<ScorecardStore, 'summaries'>;
}

/** A month's scorecards of the departments somebody may see. */
export type ListScorecards = (
  period: string,
  mayRead: (departmentCode: string) => boolean,
) => Promise<MonthOfScorecards>;

/** Builds the use case. Throws `period_invalid` and `scorecard_not_found`. */
export function createListScorecards(deps: ListScorecardsDeps): ListScorecards {
  return async (value, mayRead) => {
    const period = parseReportingPeriod(value);
    const record = await deps.periods.latest(period);
    if (record) {
      const { revision, closedAt, cutoffAt } = record;
      const frozen = await deps.scorecards.summaries(period, revision);
      const scorecards = inListOrder(frozen.map(summaryOf).filter((one) => mayRead(one.departmentCode)));
      return { period, revision, closedAt, cutoffAt, provisional: false, scorecards };
    }
    const cards = await openMonth(deps, period);
    const open = cards.map((card) => summaryOfPresented(presentProvisional(card)));
    return {
      period,
      revision: null,
      closedAt: null,
      cutoffAt: cards[0]?.cutoffAt ?? deps.clock.now(),
      provisional: true,
      scorecards: inListOrder(open.filter((one) => mayRead(one.departmentCode))),
    };
  };
}
