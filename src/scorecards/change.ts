import { holm } from '../statistics/holm.ts';
import { newcombeDifference, twoProportionPValue } from '../statistics/newcombe.ts';
import { defaultThresholds } from '../statistics/small-numbers.ts';
import type { UntestedItem } from './item-result.ts';
import type { UntestedSection } from './section.ts';
import type {
  Change,
  Count,
  ItemResult,
  NoChangeReason,
  Scorecard,
  ScorecardSection,
  Verdict,
} from './scorecard.ts';

/** Below this many valid answers in either month no change is stated. */
const leastN = defaultThresholds.countsOnly;

/** A mode with fewer answers than this does not make the months differ. */
const modeMatters = defaultThresholds.hide;

const sectionKey = ({ patientGroup, scope }: Pick<ScorecardSection, 'patientGroup' | 'scope'>): string =>
  `${patientGroup}/${scope}`;

function modesOf({ responses }: Pick<ScorecardSection, 'responses'>): string {
  const modes = responses.byMode.filter(({ n }) => n >= modeMatters).map(({ mode }) => mode);
  return [...new Set(modes)].toSorted().join(',');
}

interface Comparison {
  readonly item: UntestedItem;
  readonly previous: Count | null;
  readonly reason: NoChangeReason | null;
}

function compare(
  item: UntestedItem,
  section: UntestedSection,
  before: ScorecardSection | undefined,
): Comparison {
  const previous = before?.items.find(({ code }) => code === item.code)?.satisfied ?? null;
  if (!before || !previous) return { item, previous, reason: 'no-previous-month' };
  if (modesOf(section) !== modesOf(before)) return { item, previous, reason: 'modes-changed' };
  const enough = item.satisfied.n >= leastN && previous.n >= leastN;
  return { item, previous, reason: enough ? null : 'too-few-answers' };
}

function tested(comparison: Comparison, adjustedP: number | null, significant: boolean): ItemResult {
  const { item, previous, reason } = comparison;
  const difference = previous && reason === null ? newcombeDifference(item.satisfied, previous) : null;
  const change: Change | null =
    difference && adjustedP !== null ? { ...difference, adjustedP, significant } : null;
  return { ...item, previousSatisfied: previous, change, noChangeReason: reason };
}

/**
 * Tests every item of one scorecard against the frozen month before: Newcombe's interval of the satisfied rate,
 * Holm's correction over all items of the card (20 independent tests at 5 % would flag a false mover in 64 % of
 * unchanged months). Items with fewer than 30 answers in either month, or answered by other modes, are not tested.
 */
export function testChanges(
  sections: readonly UntestedSection[],
  previous: Pick<Scorecard, 'sections'> | null,
): readonly ScorecardSection[] {
  const before = new Map((previous?.sections ?? []).map((section) => [sectionKey(section), section]));
  const compared = sections.map((section) =>
    section.items.map((item) => compare(item, section, before.get(sectionKey(section)))),
  );
  const pValues = compared
    .flat()
    .map(({ item, previous: earlier, reason }) =>
      earlier && reason === null && item.meanScore !== null
        ? twoProportionPValue(item.satisfied, earlier)
        : null,
    );
  const { adjusted, rejected } = holm(pValues);
  let index = 0;
  return sections.map((section, position) => ({
    ...section,
    items: (compared[position] ?? []).map((comparison) => {
      const result = tested(comparison, adjusted[index] ?? null, rejected[index] ?? false);
      index += 1;
      return result;
    }),
  }));
}

/** The month in one word, from the tested items alone. */
export function verdictOf(sections: readonly ScorecardSection[]): Verdict {
  const items = sections.flatMap((section) => section.items);
  if (sections.every(({ responses }) => responses.complete === 0)) return 'no-data';
  const changes = items.flatMap(({ change }) => (change ? [change] : []));
  if (changes.length === 0) {
    return items.some(({ satisfied }) => satisfied.n >= leastN) ? 'not-comparable' : 'too-few';
  }
  const better = changes.some(({ significant, difference }) => significant && difference > 0);
  const worse = changes.some(({ significant, difference }) => significant && difference < 0);
  if (better && worse) return 'mixed';
  if (better) return 'better';
  return worse ? 'worse' : 'no-change';
}
