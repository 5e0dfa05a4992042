import { groupBy } from '../shared/group-by.ts';
import { composite } from '../statistics/composite.ts';
import { itemFigures } from '../statistics/item-score.ts';
import type { ItemFigures } from '../statistics/item-score.ts';
import { ratio } from '../statistics/proportion.ts';
import { wilsonInterval } from '../statistics/wilson.ts';
import type { SurveyItem } from '../survey-forms/survey-form.ts';
import type { CountedOption } from './item-tally.ts';
import type { Composite, Count, ItemResult } from './scorecard.ts';

/** Item figures before any comparison with last month. */
export type UntestedItem = Omit<ItemResult, 'previousSatisfied' | 'change' | 'noChangeReason'>;

/** Figures of one item: each option by the score map of the version it was answered on. */
export function figuresOf(counted: readonly CountedOption[]): ItemFigures {
  return itemFigures(counted.map(({ option, tally }) => ({ ...option, count: tally.count })));
}

/** The counts by item code, in the order of the newest form. */
export function byItem(counted: readonly CountedOption[]): ReadonlyMap<string, readonly CountedOption[]> {
  const newestFirst = counted.toSorted((a, b) => b.form.version - a.form.version);
  const forms = new Set(newestFirst.map(({ form }) => form));
  const order = new Map(
    [...forms].flatMap(({ items }) => items.map(({ code }, index) => [code, index] as const)).toReversed(),
  );
  return new Map(
    [...groupBy(newestFirst, ({ item }) => item.code)].toSorted(
      ([a], [b]) => (order.get(a) ?? 0) - (order.get(b) ?? 0),
    ),
  );
}

function optionCounts(counted: readonly CountedOption[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { option, tally } of counted)
    counts.set(option.code, (counts.get(option.code) ?? 0) + tally.count);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** One item's result, with the figures of the same item over the whole hospital beside it. */
export function itemResult(
  item: SurveyItem,
  counted: readonly CountedOption[],
  hospital: ItemFigures,
): UntestedItem {
  const figures = figuresOf(counted);
  return {
    code: item.code,
    text: item.text,
    label: item.label,
    dimension: item.dimension,
    responsibleUnit: item.responsibleUnit,
    n: figures.validN,
    meanScore: item.scored ? figures.meanScore : null,
    satisfied: figures.satisfied,
    topBox: figures.topBox,
    optionCounts: optionCounts(counted),
    hospital: { meanScore: hospital.meanScore, satisfied: hospital.satisfied, topBox: hospital.topBox },
  };
}

function compositeRate(counts: readonly Count[]): Composite['satisfied'] {
  const { value, interval } = composite(
    counts.map(({ x, n }) => ({ value: ratio(x, n), interval: wilsonInterval(x, n) })),
  );
  return value === null || interval === null ? null : { value, low: interval.low, high: interval.high };
}

/** The figures a composite is made of. */
export interface CompositePart {
  readonly meanScore: number | null;
  readonly satisfied: Count;
  readonly topBox: Count;
}

/** Unweighted mean over items, each on its own n (domain rule A6: 80/100, 45/60, 90/100 give 81.667 %, not the pooled 82.692 %). */
export function compositeOf(parts: readonly CompositePart[]): Composite {
  return {
    satisfied: compositeRate(parts.map(({ satisfied }) => satisfied)),
    topBox: compositeRate(parts.map(({ topBox }) => topBox)),
    meanScore: composite(parts.map(({ meanScore }) => ({ value: meanScore, interval: { low: 0, high: 0 } })))
      .value,
  };
}
