import type { Translate } from '../shared/i18n.ts';
import { longPeriodOf } from '../shared/long-period.ts';
import { textIn } from '../shared/localized-text.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { periodText } from './figure.view-model.ts';
import type { ViewContext } from './figure.view-model.ts';
import type { PeriodOfScorecards } from './list-period-scorecards.ts';
import { sumNotes } from './sum.view-model.ts';

/** A link to a quarter, half-year or year. */
export interface PeriodLink {
  readonly href: string;
  readonly label: string;
  readonly current: boolean;
}

/** The list of a long period's scorecards in words. */
export interface PeriodListView {
  readonly period: string;
  readonly periods: readonly PeriodLink[];
  readonly notes: readonly string[];
  readonly lines: readonly { readonly href: string; readonly department: string }[];
}

const spans = ['quarter', 'half-year', 'year'] as const;

/** The quarters, half-years and years with a closed month, each kind newest first. */
export function periodLinks(
  closed: readonly ReportingPeriod[],
  current: string,
  context: ViewContext,
): readonly PeriodLink[] {
  const newestFirst = closed.toSorted((a, b) => (a < b ? 1 : -1));
  const periods = new Set(spans.flatMap((span) => newestFirst.map((month) => longPeriodOf(month, span))));
  return [...periods].map((period) => ({
    href: `/scorecards?period=${period}`,
    label: periodText(period, context),
    current: period === current,
  }));
}

/** The list in words. `closed`: every closed month, for the links. */
export function periodListView(
  list: PeriodOfScorecards,
  closed: readonly ReportingPeriod[],
  { locale, t }: { readonly locale: Locale; readonly t: Translate },
): PeriodListView {
  const context: ViewContext = { locale, t, digits: 1, span: 'month' };
  const { period, months, missing, scorecards } = list;
  return {
    period: periodText(period, context),
    periods: periodLinks(closed, period, context),
    notes: sumNotes({ span: 'year', months, missing, leftOut: [] }, context),
    lines: scorecards.map(({ departmentCode, departmentName }) => ({
      href: `/scorecards/${period}/${encodeURIComponent(departmentCode)}`,
      department: textIn(departmentName, locale),
    })),
  };
}
