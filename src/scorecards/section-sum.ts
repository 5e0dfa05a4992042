import { groupBy } from '../shared/group-by.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import { compositeOf } from './item-result.ts';
import type { UntestedItem } from './item-result.ts';
import { including, sumItem, total } from './item-sum.ts';
import type { MonthSection, Summing } from './item-sum.ts';
import { presentSection } from './present-section.ts';
import type { DimensionResult, Scorecard, ScorecardSection } from './scorecard.ts';
import type { UntestedSection } from './section.ts';

/** A closed month of one department: what stands, and what was published first. */
export interface ClosedMonth {
  readonly period: ReportingPeriod;
  readonly card: Scorecard;
  readonly first: Scorecard;
}

/** A section over several months. */
export interface SummedSection {
  readonly section: UntestedSection;
  /** Modes of which some month's number is hidden: their sum is hidden too. */
  readonly withheldModes: readonly Pick<
    ScorecardSection['responses']['byMode'][number],
    'mode' | 'verification'
  >[];
  /** Months of which something is left out of the sum. */
  readonly leftOut: readonly ReportingPeriod[];
}

const keyOf = ({ patientGroup, scope }: Pick<ScorecardSection, 'patientGroup' | 'scope'>): string =>
  `${patientGroup}|${scope}`;

function sumDimension(
  newest: DimensionResult,
  items: readonly UntestedItem[],
  summing: Summing,
): readonly DimensionResult[] {
  const { dimension } = newest;
  const own = items.filter((item) => item.dimension === dimension && item.meanScore !== null);
  if (own.length === 0) return [];
  const find = <One extends { readonly dimension: string }>(all: readonly One[]): One | undefined =>
    all.find((one) => one.dimension === dimension);
  const nOf = (section: ScorecardSection): number => find(section.dimensions)?.n ?? 0;
  const months = including(summing, nOf, ({ shown, section }) => {
    return nOf(section) > 4 && (find(shown.dimensions)?.n ?? null) === null;
  });
  return [
    {
      dimension,
      n: total(months, ({ section }) => nOf(section)),
      itemCodes: own.map(({ code }) => code),
      ...compositeOf(own),
      hospital: {
        n: find(summing.hospital?.dimensions ?? [])?.n ?? 0,
        ...compositeOf(own.map(({ hospital }) => hospital)),
      },
    },
  ];
}

type Mode = ScorecardSection['responses']['byMode'][number];

function sumModes({ months }: Summing): { readonly shown: Mode[]; readonly withheld: Mode[] } {
  const rows = months.flatMap(({ shown, section }) =>
    section.responses.byMode.map((row) => {
      const seen = shown.responses.byMode.find(
        ({ mode, verification }) => mode === row.mode && verification === row.verification,
      );
      return { ...row, hidden: (seen?.n ?? null) === null };
    }),
  );
  const groups = [...groupBy(rows, ({ mode, verification }) => `${mode}|${verification}`).values()];
  const sums = groups.flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { mode, verification } = first;
    return [
      { mode, verification, n: total(group, ({ n }) => n), hidden: group.some(({ hidden }) => hidden) },
    ];
  });
  const sorted = sums.toSorted((a, b) => b.n - a.n || (a.mode < b.mode ? -1 : 1));
  const plain = ({ mode, verification, n }: Mode): Mode => ({ mode, verification, n });
  return {
    shown: sorted.filter(({ hidden }) => !hidden).map(plain),
    withheld: sorted.filter(({ hidden }) => hidden).map(plain),
  };
}

/** The newest of each code first in the order of the newest month, then what only older months have. */
function newestOf<One>(
  months: readonly MonthSection[],
  pick: (section: ScorecardSection) => readonly One[],
  codeOf: (one: One) => string,
): readonly One[] {
  const found = new Map<string, One>();
  for (const { section } of months.toReversed()) {
    for (const one of pick(section)) if (!found.has(codeOf(one))) found.set(codeOf(one), one);
  }
  return [...found.values()];
}

function sumSection(summing: Summing): readonly SummedSection[] {
  const newest = summing.months.at(-1)?.section;
  if (!newest) return [];
  const { months } = summing;
  const items = newestOf(
    months,
    (section) => section.items,
    ({ code }) => code,
  ).map((item) => sumItem(item.code, item, summing));
  const dimensions = newestOf(
    months,
    (section) => section.dimensions,
    ({ dimension }) => dimension,
  ).flatMap((dimension) => sumDimension(dimension, items, summing));
  const countOf = (nOf: (section: ScorecardSection) => number): number =>
    total(including(summing, nOf), ({ section }) => nOf(section));
  const complete = countOf(({ responses }) => responses.complete);
  const partial = countOf(({ responses }) => responses.partial);
  const modes = sumModes(summing);
  const { patientGroup, patientGroupName, scope, satisfiedRule } = newest;
  const forms = newestOf(
    months,
    (section) => section.forms,
    ({ formId, formVersion }) => `${formId}@${formVersion}`,
  );
  return [
    {
      section: {
        patientGroup,
        patientGroupName,
        scope,
        forms,
        satisfiedRule,
        responses: { complete, partial, byMode: modes.shown },
        dimensions,
        items,
      },
      withheldModes: modes.withheld,
      leftOut: [...summing.leftOut].toSorted(),
    },
  ];
}

/**
 * The sections of one department over several closed months: counts added up, composites and means of the sums, small months
 * only as `monthsInSum` allows. `hospital`: the same sum of the whole hospital, to stand beside; null for the hospital itself.
 */
export function sumSections(
  months: readonly ClosedMonth[],
  catalogue: SurveyFormCatalogue,
  hospital: readonly SummedSection[] | null,
): readonly SummedSection[] {
  const periods = months.map(({ period }) => period);
  const rows = months.flatMap(({ period, card, first }) =>
    card.sections.map((section): MonthSection => {
      const key = keyOf(section);
      const before = first.sections.find((one) => keyOf(one) === key);
      return { period, section, first: before, shown: presentSection(section) };
    }),
  );
  const groups = [...groupBy(rows, ({ section }) => keyOf(section)).values()];
  return groups.flatMap((group) => {
    const patientGroup = group[0]?.section.patientGroup;
    const beside = hospital?.find(({ section }) => section.patientGroup === patientGroup)?.section;
    return sumSection({ months: group, periods, catalogue, hospital: beside, leftOut: new Set() });
  });
}
