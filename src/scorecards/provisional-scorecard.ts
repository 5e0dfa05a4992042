import { roundTo } from '../statistics/rounding.ts';
import { presentScorecard } from './present-scorecard.ts';
import type {
  PresentedDimension,
  PresentedHospital,
  PresentedItem,
  PresentedRate,
  PresentedScorecard,
  PresentedSection,
} from './presented-scorecard.ts';
import { allowsPercentages } from './present-item.ts';
import type { Scorecard } from './scorecard.ts';

const stepOfN = 10;
const stepOfResponses = 5;

const coarse = (n: number, step: number = stepOfN): number => Math.floor(n / step) * step;

const percent = (value: number | null): number | null => (value === null ? null : roundTo(value, 2));

const whole = (score: number | null): number | null => (score === null ? null : roundTo(score, 0));

const coarseRate = (rate: PresentedRate | null): PresentedRate | null =>
  rate && { x: null, value: percent(rate.value), low: percent(rate.low), high: percent(rate.high) };

const coarseHospital = (hospital: PresentedHospital | null): PresentedHospital | null =>
  hospital && {
    n: coarse(hospital.n),
    satisfied: roundTo(hospital.satisfied, 2),
    topBox: roundTo(hospital.topBox, 2),
    meanScore: whole(hospital.meanScore),
  };

const closed = { n: null, satisfied: null, topBox: null, meanScore: null, hospital: null };

function coarseDimension(dimension: PresentedDimension): PresentedDimension {
  if (dimension.level === 'none') return dimension;
  if (!allowsPercentages(dimension.level)) return { ...dimension, level: 'hidden', ...closed };
  const { n, satisfied, topBox, meanScore, hospital } = dimension;
  return {
    ...dimension,
    n: n === null ? null : coarse(n),
    satisfied: coarseRate(satisfied),
    topBox: coarseRate(topBox),
    meanScore: whole(meanScore),
    hospital: coarseHospital(hospital),
  };
}

function coarseItem(item: PresentedItem): PresentedItem {
  const untested = { ...item, change: null, standing: null, noChangeReason: 'provisional' as const };
  if (item.level === 'none') return untested;
  if (!allowsPercentages(item.level)) return { ...untested, level: 'hidden', ...closed };
  const { n, satisfied, topBox, meanScore, hospital } = item;
  return {
    ...untested,
    n: n === null ? null : coarse(n),
    satisfied: coarseRate(satisfied),
    topBox: coarseRate(topBox),
    meanScore: whole(meanScore),
    hospital: coarseHospital(hospital),
  };
}

function coarseSection(section: PresentedSection): PresentedSection {
  const { complete } = section.responses;
  return {
    ...section,
    responses: {
      complete: complete === null ? null : coarse(complete, stepOfResponses),
      partial: null,
      byMode: [],
    },
    dimensions: section.dimensions.map(coarseDimension),
    items: section.items.map(coarseItem),
  };
}

/**
 * 快报(未定稿) of a month that is still open. Whoever looks twice sees what the answers in between changed, so nothing exact is
 * shown: only figures of 30 answers and more, n rounded down to tens, percentages and scores to whole numbers; no numerators, no
 * modes, no tests, and of the calls only what the department itself did. Example: 43 of 47 → n 40, 91 %.
 */
export function presentProvisional(scorecard: Scorecard): PresentedScorecard {
  const presented = presentScorecard(scorecard);
  const { calls } = presented;
  return {
    ...presented,
    revision: null,
    provisional: true,
    verdict: scorecard.verdict === 'no-data' ? 'no-data' : 'provisional',
    sections: presented.sections.map(coarseSection),
    previousCalls: null,
    calls: calls && {
      discharges: calls.discharges,
      calls: calls.calls,
      attempted: calls.attempted,
      moving: calls.moving,
      reached: null,
      completed: null,
      partial: null,
      refused: null,
      other: null,
      rates: { RR1: null, COOP1: null, REF1: null, CON1: null },
      clinicalFollowUp: null,
    },
  };
}
