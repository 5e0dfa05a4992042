import type { LocalizedText } from '../shared/localized-text.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { smallestThreshold } from '../statistics/small-numbers.ts';
import { hospitalCode } from '../departments/department.ts';
import type { PresentedScorecard } from './presented-scorecard.ts';
import type { FrozenScorecard, SectionScope } from './scorecard.ts';

/** The part of a frozen scorecard that a list needs: no items, no dimensions. */
export interface SummarySource extends Pick<
  FrozenScorecard,
  'departmentCode' | 'departmentName' | 'verdict'
> {
  readonly sections: readonly {
    readonly scope: SectionScope;
    readonly responses: { readonly complete: number };
  }[];
}

/** One line of a month's list. */
export interface ScorecardSummary {
  readonly departmentCode: string;
  readonly departmentName: LocalizedText;
  readonly verdict: PresentedScorecard['verdict'];
  /** Valid responses of the patient groups that have 5 or more; null when there are only smaller ones. */
  readonly n: number | null;
}

/** A month's scorecards that somebody may see. */
export interface MonthOfScorecards {
  readonly period: ReportingPeriod;
  /** Null while the month is open. */
  readonly revision: number | null;
  readonly closedAt: Date | null;
  readonly cutoffAt: Date;
  readonly provisional: boolean;
  /** The hospital first, then by department code. */
  readonly scorecards: readonly ScorecardSummary[];
}

interface CountedSection {
  readonly scope: SectionScope;
  readonly n: number | null;
}

// A group of 1–4 stays out of the sum, or total minus shown groups would tell it.
function shownN(sections: readonly CountedSection[]): number | null {
  const own = sections.filter(({ scope }) => scope !== 'fixed-unit');
  const counted = own.length > 0 ? own : sections;
  const shown = counted.flatMap(({ n }) => (n === null ? [] : [n]));
  if (shown.length === 0 && counted.length > 0) return null;
  return shown.reduce((sum, n) => sum + n, 0);
}

/** The line of a frozen scorecard. */
export function summaryOf({
  departmentCode,
  departmentName,
  verdict,
  sections,
}: SummarySource): ScorecardSummary {
  const n = shownN(
    sections.map(({ scope, responses: { complete } }) => ({
      scope,
      n: complete > 0 && complete < smallestThreshold ? null : complete,
    })),
  );
  return { departmentCode, departmentName, verdict, n };
}

/** The line of a presented scorecard, such as a 快报. */
export function summaryOfPresented({
  departmentCode,
  departmentName,
  verdict,
  sections,
}: PresentedScorecard): ScorecardSummary {
  const n = shownN(sections.map(({ scope, responses }) => ({ scope, n: responses.complete })));
  return { departmentCode, departmentName, verdict, n };
}

/** The hospital first, then by department code. */
export function inListOrder(summaries: readonly ScorecardSummary[]): readonly ScorecardSummary[] {
  const rank = ({ departmentCode }: ScorecardSummary): string =>
    departmentCode === hospitalCode ? '' : departmentCode;
  return summaries.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
