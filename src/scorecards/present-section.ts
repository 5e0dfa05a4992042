import { displayLevel, smallestThreshold } from '../statistics/small-numbers.ts';
import { suppressSplit } from '../statistics/suppression.ts';
import { compositeOf } from './item-result.ts';
import { allowsPercentages, hospitalMayBeShown, hospitalOf, presentItem } from './present-item.ts';
import type {
  PresentedDimension,
  PresentedHospital,
  PresentedRate,
  PresentedResponses,
  PresentedSection,
} from './presented-scorecard.ts';
import type { Composite, DimensionResult, ItemResult, ScorecardSection } from './scorecard.ts';

const isSmall = (n: number): boolean => n > 0 && n < smallestThreshold;

const rateOf = (rate: Composite['satisfied']): PresentedRate | null => rate && { x: null, ...rate };

function hospitalComposite(
  dimension: DimensionResult,
  items: readonly ItemResult[],
  section: ScorecardSection,
): PresentedHospital | null {
  const { hospital, n } = dimension;
  if (!hospitalMayBeShown(n, hospital.n)) return null;
  if (items.some((item) => hospitalOf(item, section.scope) === null)) return null;
  const { satisfied, topBox, meanScore } = compositeOf(items.map((item) => item.hospital));
  return (
    satisfied && topBox && { n: hospital.n, satisfied: satisfied.value, topBox: topBox.value, meanScore }
  );
}

/** Whether the dimension's n beside its shown items would tell the n of a hidden one. */
function tellsHiddenItem(n: number, used: readonly ItemResult[], leftOut: number): boolean {
  return leftOut > 0 && isSmall(n - Math.max(0, ...used.map((item) => item.n)));
}

function presentDimension(dimension: DimensionResult, section: ScorecardSection): PresentedDimension {
  const all = section.items.filter(({ code }) => dimension.itemCodes.includes(code));
  const used = all.filter(({ n }) => !isSmall(n));
  const leftOut = all.length - used.length;
  const hide = used.length === 0 || tellsHiddenItem(dimension.n, used, leftOut);
  const level = hide && dimension.n > 0 ? 'hidden' : displayLevel(dimension.n);
  const visible = allowsPercentages(level);
  const { satisfied, topBox, meanScore } = compositeOf(used);
  return {
    dimension: dimension.dimension,
    level,
    n: level === 'hidden' ? null : dimension.n,
    itemCodes: used.map(({ code }) => code),
    leftOut,
    satisfied: visible ? rateOf(satisfied) : null,
    topBox: visible ? rateOf(topBox) : null,
    meanScore: visible ? meanScore : null,
    hospital: level === 'hidden' ? null : hospitalComposite(dimension, used, section),
  };
}

function presentResponses({ complete, partial, byMode }: ScorecardSection['responses']): PresentedResponses {
  const hidden = suppressSplit(byMode.map(({ n }) => n));
  return {
    complete: isSmall(complete) ? null : complete,
    partial: isSmall(partial) ? null : partial,
    byMode: isSmall(complete)
      ? []
      : byMode.map((row, index) => ({ ...row, n: hidden[index] === true ? null : row.n })),
  };
}

/** One patient group by the ladder; see `presentScorecard` for the rule. */
export function presentSection(section: ScorecardSection): PresentedSection {
  const { patientGroup, patientGroupName, scope, forms, satisfiedRule, responses } = section;
  const level = displayLevel(responses.complete);
  const open = level !== 'hidden';
  return {
    patientGroup,
    patientGroupName,
    scope,
    forms,
    satisfiedRule,
    level,
    responses: presentResponses(responses),
    dimensions: open ? section.dimensions.map((dimension) => presentDimension(dimension, section)) : [],
    items: open ? section.items.map((item) => presentItem(item, scope)) : [],
  };
}
