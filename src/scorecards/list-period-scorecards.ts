import { hospitalCode } from '../departments/department.ts';
import { monthsOf, parseLongPeriod } from '../shared/long-period.ts';
import type { LocalizedText } from '../shared/localized-text.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { scorecardNotFound } from './find-scorecard.ts';
import type { PeriodStore } from './period.store.ts';
import type { ScorecardStore } from './scorecard.store.ts';

/** The departments that have a scorecard of a quarter, half-year or year. */
export interface PeriodOfScorecards {
  readonly period: string;
  /** Closed, oldest first. */
  readonly months: readonly ReportingPeriod[];
  /** Not closed yet. */
  readonly missing: readonly ReportingPeriod[];
  readonly cutoffAt: Date;
  /** The hospital first, then by department code. */
  readonly scorecards: readonly { readonly departmentCode: string; readonly departmentName: LocalizedText }[];
}

const rank = (code: string): string => (code === hospitalCode ? '' : code);

/** What listing needs. */
export interface ListPeriodScorecardsDeps {
  readonly periods: Pick<PeriodStore, 'ofMonths'>;
  readonly scorecards: Pick<ScorecardStore, 'summaries'>;
}

/** The scorecards of a long period that somebody may see. Throws `period_invalid` and `scorecard_not_found`. */
export type ListPeriodScorecards = (
  period: string,
  mayRead: (departmentCode: string) => boolean,
) => Promise<PeriodOfScorecards>;

/** Builds the use case. A department is named as on its newest month. */
export function createListPeriodScorecards(deps: ListPeriodScorecardsDeps): ListPeriodScorecards {
  return async (value, mayRead) => {
    const period = parseLongPeriod(value);
    const window = monthsOf(period);
    const newest = new Map((await deps.periods.ofMonths(window)).map((record) => [record.period, record]));
    if (newest.size === 0) throw scorecardNotFound();
    const names = new Map<string, LocalizedText>();
    for (const record of newest.values()) {
      for (const card of await deps.scorecards.summaries(record.period, record.revision)) {
        names.set(card.departmentCode, card.departmentName);
      }
    }
    return {
      period,
      months: [...newest.keys()],
      missing: window.filter((month) => !newest.has(month)),
      cutoffAt: new Date(Math.max(...[...newest.values()].map(({ cutoffAt }) => cutoffAt.getTime()))),
      scorecards: [...names]
        .filter(([code]) => mayRead(code))
        .toSorted(([a], [b]) => (rank(a) < rank(b) ? -1 : 1))
        .map(([departmentCode, departmentName]) => ({ departmentCode, departmentName })),
    };
  };
}
