import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import type { UntestedItem } from './item-result.ts';
import { monthsInSum } from './months-in-sum.ts';
import type { PresentedSection } from './presented-scorecard.ts';
import type { Count, ItemResult, ScorecardSection } from './scorecard.ts';
import type { UntestedSection } from './section.ts';

/** One month of a section. */
export interface MonthSection {
  readonly period: ReportingPeriod;
  readonly section: ScorecardSection;
  readonly first: ScorecardSection | undefined;
  readonly shown: PresentedSection;
}

/** What the numbers of a summed section are made of. */
export interface Summing {
  readonly months: readonly MonthSection[];
  /** Every closed month of the window, also those without the section. */
  readonly periods: readonly ReportingPeriod[];
  readonly catalogue: SurveyFormCatalogue;
  readonly hospital: UntestedSection | undefined;
  readonly leftOut: Set<ReportingPeriod>;
}

/** The months that count for one number, by what `nOf` says of a section. */
export function including(
  { months, periods, leftOut }: Summing,
  nOf: (section: ScorecardSection) => number,
  isSealed: (month: MonthSection) => boolean = () => false,
): readonly MonthSection[] {
  const cells = periods.map((period) => {
    const month = months.find((one) => one.period === period);
    const n = month ? nOf(month.section) : 0;
    const firstN = month?.first ? nOf(month.first) : 0;
    return { period, n, firstN, sealed: month !== undefined && isSealed(month) };
  });
  const sum = monthsInSum(cells);
  for (const period of sum.leftOut) leftOut.add(period);
  return months.filter(({ period }) => sum.included.has(period));
}

/** Sum of a number of each row. */
export const total = <Row>(rows: readonly Row[], nOf: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + nOf(row), 0);

const added = (counts: readonly Count[]): Count => ({
  x: total(counts, ({ x }) => x),
  n: total(counts, ({ n }) => n),
});

/** How many of an item's answers have a score: what its mean is weighted by. */
function scoredAnswers(item: ItemResult, section: ScorecardSection, catalogue: SurveyFormCatalogue): number {
  const options = section.forms.flatMap(({ formId, formVersion }) => {
    const form = catalogue.find(formId, formVersion);
    return form?.items.find(({ code }) => code === item.code)?.options ?? [];
  });
  const scored = new Set(options.filter(({ score }) => score !== null).map(({ code }) => code));
  return total(Object.entries(item.optionCounts), ([code, count]) => (scored.has(code) ? count : 0));
}

function pooledMean(
  parts: readonly { readonly mean: number | null; readonly weight: number }[],
): number | null {
  const used = parts.flatMap(({ mean, weight }) => (mean === null ? [] : [{ mean, weight }]));
  const weight = total(used, (part) => part.weight);
  return weight === 0 ? null : total(used, (part) => part.mean * part.weight) / weight;
}

function sumOptions(items: readonly ItemResult[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const [code, count] of items.flatMap(({ optionCounts }) => Object.entries(optionCounts))) {
    counts.set(code, (counts.get(code) ?? 0) + count);
  }
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const itemOf = (section: ScorecardSection, code: string): ItemResult | undefined =>
  section.items.find((item) => item.code === code);

const noCount: Count = { x: 0, n: 0 };

/** One item over the months: its counts added up, its mean weighted by the answers that have a score. */
export function sumItem(code: string, newest: ItemResult, summing: Summing): UntestedItem {
  const months = including(summing, (section) => itemOf(section, code)?.n ?? 0);
  const parts = months.flatMap(({ section }) => {
    const item = itemOf(section, code);
    return item ? [{ item, section }] : [];
  });
  const items = parts.map(({ item }) => item);
  const beside = summing.hospital?.items.find((item) => item.code === code);
  const { text, label, dimension, responsibleUnit } = newest;
  return {
    code,
    text,
    label,
    dimension,
    responsibleUnit,
    n: total(items, ({ n }) => n),
    meanScore: pooledMean(
      parts.map(({ item, section }) => ({
        mean: item.meanScore,
        weight: scoredAnswers(item, section, summing.catalogue),
      })),
    ),
    satisfied: added(items.map(({ satisfied }) => satisfied)),
    topBox: added(items.map(({ topBox }) => topBox)),
    optionCounts: sumOptions(items),
    hospital: {
      meanScore: beside?.meanScore ?? null,
      satisfied: beside?.satisfied ?? noCount,
      topBox: beside?.topBox ?? noCount,
    },
  };
}
