import type { Translate } from '../shared/i18n.ts';
import { textIn } from '../shared/localized-text.ts';
import type { Locale } from '../shared/localized-text.ts';
import { addMonths } from '../shared/reporting-period.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { periodText, say } from './figure.view-model.ts';
import type { ViewContext } from './figure.view-model.ts';
import { periodLinks } from './period-list.view-model.ts';
import type { PeriodLink } from './period-list.view-model.ts';
import type { MonthOfScorecards, ScorecardSummary } from './scorecard-summary.ts';

/** A month the list can show. */
export interface ListedMonth {
  readonly period: ReportingPeriod;
  readonly closed: boolean;
}

/** The list page in words. */
export interface ScorecardListView {
  readonly months: readonly {
    readonly href: string;
    readonly label: string;
    readonly open: boolean;
    readonly current: boolean;
  }[];
  /** Quarters, half-years and years with a closed month. */
  readonly periods: readonly PeriodLink[];
  readonly period: string;
  readonly provisional: boolean;
  /** When it was closed, or what an open month shows. */
  readonly status: string;
  readonly lines: readonly {
    readonly href: string;
    readonly department: string;
    readonly verdict: string;
    readonly tone: 'good' | 'bad' | 'neutral';
    readonly n: string;
  }[];
  /** The button, for those who may close: null when the month is closed; `action` empty before its day. */
  readonly closing: { readonly action: string; readonly dueOn: string } | null;
  /** The office's page of late answers and revisions; empty for others and for an open month. */
  readonly officeHref: string;
  /** Says that the month was closed just now; else empty. */
  readonly notice: string;
}

/** What the list page shows besides the month's scorecards. */
export interface ScorecardListInput {
  readonly locale: Locale;
  readonly t: Translate;
  readonly formatTime: (moment: Date) => string;
  readonly months: readonly ListedMonth[];
  readonly mayClose: boolean;
  readonly mayReadLate: boolean;
  readonly closingMoment: Date;
  readonly now: Date;
  /** Whether the month was closed by the request before. */
  readonly justClosed: boolean;
}

/**
 * The months of the list, newest first: the present one, the one before, every closed one, and the open ones in between the
 * last closed and the present.
 */
export function listedMonths(
  current: ReportingPeriod,
  closed: readonly ReportingPeriod[],
): readonly ListedMonth[] {
  const done = new Set(closed);
  const newest = closed.toSorted().at(-1) ?? addMonths(current, -2);
  const open: ReportingPeriod[] = [];
  for (let period = current; period > newest; period = addMonths(period, -1)) open.push(period);
  return [...new Set([...open, ...done])]
    .toSorted((a, b) => (a < b ? 1 : -1))
    .map((period) => ({ period, closed: done.has(period) }));
}

const tones: Readonly<Partial<Record<ScorecardSummary['verdict'], 'good' | 'bad'>>> = {
  better: 'good',
  worse: 'bad',
  mixed: 'bad',
};

function nText({ n }: ScorecardSummary, provisional: boolean, context: ViewContext): string {
  if (n === null) return say(context, 'figure.below5');
  return provisional && n > 0 ? `≥ ${n}` : String(n);
}

function closingOf(month: MonthOfScorecards, input: ScorecardListInput): ScorecardListView['closing'] {
  if (!input.mayClose || !month.provisional) return null;
  const due = input.closingMoment <= input.now;
  return {
    action: due ? `/scorecards/${month.period}/close` : '',
    dueOn: input.formatTime(input.closingMoment),
  };
}

/** The list page in words. */
export function scorecardListView(month: MonthOfScorecards, input: ScorecardListInput): ScorecardListView {
  const context: ViewContext = { locale: input.locale, t: input.t, digits: 1 };
  const { closedAt, cutoffAt, revision, provisional } = month;
  const period = periodText(month.period, context);
  return {
    months: input.months.map((one) => ({
      href: `/scorecards?period=${one.period}`,
      label: periodText(one.period, context),
      open: !one.closed,
      current: one.period === month.period,
    })),
    periods: periodLinks(
      input.months.filter(({ closed }) => closed).map((one) => one.period),
      '',
      context,
    ),
    period,
    provisional,
    status: closedAt
      ? say(context, 'list.closedAt', {
          time: input.formatTime(closedAt),
          cutoff: input.formatTime(cutoffAt),
          revision: revision ?? '',
        })
      : say(context, 'list.provisionalHint'),
    lines: month.scorecards.map((summary) => ({
      href: `/scorecards/${month.period}/${encodeURIComponent(summary.departmentCode)}`,
      department: textIn(summary.departmentName, input.locale),
      verdict: say(
        context,
        summary.verdict === 'provisional' ? 'provisional' : `list.short.${summary.verdict}`,
      ),
      tone: tones[summary.verdict] ?? 'neutral',
      n: nText(summary, provisional, context),
    })),
    closing: closingOf(month, input),
    officeHref: input.mayReadLate && !provisional ? `/office/late-answers/${month.period}` : '',
    notice: input.justClosed && !provisional ? say(context, 'list.closed', { period }) : '',
  };
}
