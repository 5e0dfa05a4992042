import { addMonths } from '../shared/reporting-period.ts';
import { defaultThresholds } from '../statistics/small-numbers.ts';
import type { SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import type { ReadClosedMonths } from './closed-months.ts';
import { monthsBetween } from './closing-time.ts';
import type { PresentedScorecard, PresentedSection } from './presented-scorecard.ts';
import type { Scorecard } from './scorecard.ts';
import { sumScorecard } from './sum-scorecard.ts';

/** What the rolling sum needs. */
export interface RollingSumDeps {
  readonly readClosedMonths: ReadClosedMonths;
  readonly catalogue: SurveyFormCatalogue;
}

/** 近 12 个月合计: the items of a closed month with fewer than 30 answers, over the closed ones of the 12 months that end with it. */
export type RollingSum = (card: Scorecard) => Promise<PresentedScorecard | null>;

const rollingMonths = 12;
const enough = defaultThresholds.countsOnly;

/** A month's n of an item; 0 where it has none. */
function monthN({ sections }: Scorecard, section: PresentedSection, code: string): number {
  const same = sections.find(
    ({ patientGroup, scope }) => patientGroup === section.patientGroup && scope === section.scope,
  );
  return same?.items.find((item) => item.code === code)?.n ?? 0;
}

/** Whether a month leaves something to be said by a longer time. */
function isThin({ sections }: Scorecard): boolean {
  return (
    sections.length === 0 ||
    sections.some(({ responses, items }) => responses.complete < enough || items.some(({ n }) => n < enough))
  );
}

const hasItems = ({ items }: PresentedSection): boolean => items.length > 0;

/** Of a summed section the items that the month has too few answers of, and more of over the longer time. */
function thinItems(card: Scorecard, section: PresentedSection): PresentedSection {
  const items = section.items.filter(({ code, n }) => {
    const own = monthN(card, section, code);
    return own < enough && n !== null && n > own;
  });
  return { ...section, dimensions: [], items };
}

/** Builds the use case; null where the month says enough by itself, or the other months add nothing. */
export function createRollingSum(deps: RollingSumDeps): RollingSum {
  return async (card) => {
    if (!isThin(card)) return null;
    const { period, departmentCode } = card;
    const window = monthsBetween(addMonths(period, 1 - rollingMonths), period);
    const closed = await deps.readClosedMonths(window, [departmentCode]);
    const months = closed.of(departmentCode);
    if (months.length < 2) return null;
    const { catalogue } = deps;
    const sum = sumScorecard({
      period,
      span: 'rolling',
      window,
      months,
      hospital: [],
      before: [],
      catalogue,
    });
    const sections = (sum?.sections ?? []).map((section) => thinItems(card, section)).filter(hasItems);
    return sum && sections.length > 0 ? { ...sum, calls: null, sections } : null;
  };
}
