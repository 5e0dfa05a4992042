import type { PeriodSpan } from '../shared/long-period.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import { testChanges, verdictOf } from './change.ts';
import { presentCalls } from './present-calls.ts';
import { presentSection } from './present-section.ts';
import type { PresentedScorecard, PresentedSection } from './presented-scorecard.ts';
import type { ScorecardSection } from './scorecard.ts';
import { sumSections } from './section-sum.ts';
import type { ClosedMonth, SummedSection } from './section-sum.ts';
import { sumCalls } from './sum-calls.ts';

/** What a sum is made of. Months are closed ones, oldest first. */
export interface SumSources {
  /** `2026-Q4`, or the last month of a rolling sum. */
  readonly period: string;
  readonly span: PeriodSpan | 'rolling';
  /** Every month the period has. */
  readonly window: readonly ReportingPeriod[];
  readonly months: readonly ClosedMonth[];
  /** The hospital's months, to stand beside; null for the hospital itself. */
  readonly hospital: readonly ClosedMonth[] | null;
  /** The months of the like period before. */
  readonly before: readonly ClosedMonth[];
  readonly catalogue: SurveyFormCatalogue;
}

function presentSum(section: ScorecardSection, { withheldModes }: SummedSection): PresentedSection {
  const shown = presentSection(section);
  const withheld = withheldModes.map(({ mode, verification }) => ({ mode, verification, n: null }));
  const byMode = shown.level === 'hidden' ? [] : [...shown.responses.byMode, ...withheld];
  return { ...shown, responses: { ...shown.responses, byMode } };
}

/**
 * The scorecard of several closed months by the functions of one: composites and intervals of the summed counts, change against
 * the like period before by Newcombe and Holm, none when the modes differ. Null when none of the months is closed.
 */
export function sumScorecard(sources: SumSources): PresentedScorecard | null {
  const { months, catalogue, hospital } = sources;
  const newest = months.at(-1);
  if (!newest) return null;
  const summed = sumSections(months, catalogue, hospital && sumSections(hospital, catalogue, null));
  const before = sumSections(sources.before, catalogue, null).map(({ section }) => section);
  const previous = sources.before.length > 0 ? { sections: testChanges(before, null) } : null;
  const tested = testChanges(
    summed.map(({ section }) => section),
    previous,
  );
  const closed = new Set(months.map(({ period }) => period));
  const calls = months.flatMap(({ card }) =>
    card.calls
      ? [
          presentCalls(
            card.calls,
            card.sections.map((section) => presentSection(section)),
          ),
        ]
      : [],
  );
  return {
    period: sources.period,
    revision: null,
    provisional: false,
    departmentCode: newest.card.departmentCode,
    departmentName: newest.card.departmentName,
    cutoffAt: new Date(Math.max(...months.map(({ card }) => card.cutoffAt.getTime()))),
    verdict: verdictOf(tested),
    sections: tested.flatMap((section, index) => {
      const sum = summed[index];
      return sum ? [presentSum(section, sum)] : [];
    }),
    calls: sumCalls(calls),
    previousCalls: null,
    sum: {
      span: sources.span,
      months: [...closed],
      missing: sources.window.filter((period) => !closed.has(period)),
      leftOut: [...new Set(summed.flatMap(({ leftOut }) => leftOut))].toSorted(),
    },
  };
}
