import { textIn } from '../shared/localized-text.ts';
import { defaultThresholds } from '../statistics/small-numbers.ts';
import { percentText, rateBar, say } from './figure.view-model.ts';
import type { ViewContext } from './figure.view-model.ts';
import { movedText } from './item.view-model.ts';
import type { PresentedItem, PresentedScorecard, PresentedSection } from './presented-scorecard.ts';

/** What the month says, first of all. */
export interface HeadlineView {
  readonly tone: 'good' | 'bad' | 'neutral';
  readonly sentence: string;
  /** 群众满意 of each patient group with interval and n, where there are enough answers for a percentage. */
  readonly overall: readonly string[];
  /** What stands behind the department's name in the subject of the mail. */
  readonly subject: string;
  /** 需要关注 and 做得好: what moved, and what lies outside the hospital's funnel. Never a ranking. */
  readonly attention: readonly string[];
  /** Stands where nothing needs attention. */
  readonly noAttention: string;
  readonly praise: readonly string[];
  readonly noPraise: string;
  readonly nextStep: string;
}

interface NamedItem {
  readonly item: PresentedItem;
  /** The item's label in quotation marks, with its patient group where the card has several. */
  readonly name: string;
  /** Significant change of the satisfied rate, −1 to 1; 0 when there is none. */
  readonly moved: number;
}

function namedItems({ sections }: PresentedScorecard, context: ViewContext): readonly NamedItem[] {
  const groups = new Set(sections.map(({ patientGroup }) => patientGroup));
  return sections.flatMap((section) =>
    section.items.map((item) => ({
      item,
      name: say(context, groups.size > 1 ? 'headline.itemOfGroup' : 'headline.item', {
        item: textIn(item.label, context.locale),
        group: textIn(section.patientGroupName, context.locale),
      }),
      moved: item.change?.significant === true ? item.change.difference : 0,
    })),
  );
}

function nowText({ item: { satisfied, n }, name }: NamedItem, context: ViewContext): string {
  const { interval } = rateBar(satisfied, context);
  const rate = percentText(satisfied?.value ?? null, context);
  return say(context, 'headline.now', { item: name, rate, interval, n: n ?? '' });
}

function besideHospital(
  { item: { hospital, standing } }: NamedItem,
  context: ViewContext,
): readonly string[] {
  if (!hospital || (standing !== 'above' && standing !== 'below')) return [];
  return [say(context, `headline.${standing}Hospital`, { rate: percentText(hospital.satisfied, context) })];
}

function remark(named: NamedItem, context: ViewContext): string {
  const { change } = named.item;
  const movedParts = change && named.moved !== 0 ? [movedText(change, context)] : [];
  return [nowText(named, context), ...movedParts, ...besideHospital(named, context)].join(
    say(context, 'headline.and'),
  );
}

const isLow = ({ item, moved }: NamedItem): boolean => moved < 0 || item.standing === 'below';

function notComparable(items: readonly NamedItem[], context: ViewContext): string {
  const enough = items.filter(({ item }) => (item.n ?? 0) >= defaultThresholds.countsOnly);
  const reasons = new Set(enough.map(({ item }) => item.noChangeReason));
  const reason =
    (['modes-changed', 'no-previous-month'] as const).find((one) => reasons.has(one)) ?? 'too-few-answers';
  return say(context, `headline.notComparable.${reason}`);
}

/** The item that moved furthest, with both months' rates; the sentence itself when none did, or some rose and some fell. */
function subjectOf(
  { verdict }: PresentedScorecard,
  movers: readonly NamedItem[],
  sentence: string,
  context: ViewContext,
): string {
  const [first] = movers;
  if (!first || verdict === 'mixed') return sentence;
  return say(context, `headline.subject.${movers.length > 1 ? 'several' : 'one'}.${verdict}`, {
    item: first.name,
    count: movers.length,
    before: percentText(first.item.change?.previousValue ?? null, context),
    now: percentText(first.item.satisfied?.value ?? null, context),
  });
}

function toneOf({ verdict }: PresentedScorecard): HeadlineView['tone'] {
  if (verdict === 'better') return 'good';
  return verdict === 'worse' || verdict === 'mixed' ? 'bad' : 'neutral';
}

function nextStepOf(
  { verdict }: PresentedScorecard,
  low: readonly NamedItem[],
  high: readonly NamedItem[],
  context: ViewContext,
): string {
  const [worst] = low.toSorted((a, b) => a.moved - b.moved);
  const [best] = high.toSorted((a, b) => b.moved - a.moved);
  if (worst) return say(context, worst.moved < 0 ? 'nextStep.fell' : 'nextStep.below', { item: worst.name });
  if (best) return say(context, 'nextStep.good', { item: best.name });
  return say(context, `nextStep.${verdict}`);
}

function overallText(
  { patientGroupName, dimensions }: PresentedSection,
  context: ViewContext,
): readonly string[] {
  const overall = dimensions.find(({ dimension }) => dimension === 'overall');
  const { interval } = rateBar(overall?.satisfied ?? null, context);
  if (!overall || interval === '') return [];
  return [
    say(context, 'headline.overall', {
      group: textIn(patientGroupName, context.locale),
      rate: percentText(overall.satisfied?.value ?? null, context),
      interval,
      n: overall.n ?? '',
    }),
  ];
}

/** The month in one sentence, what to look at, and the one thing to do. */
export function headlineView(card: PresentedScorecard, context: ViewContext): HeadlineView {
  const items = namedItems(card, context);
  const movers = items
    .filter(({ moved }) => moved !== 0)
    .toSorted((a, b) => Math.abs(b.moved) - Math.abs(a.moved));
  const low = items.filter(isLow);
  const high = items.filter((named) => !isLow(named) && (named.moved > 0 || named.item.standing === 'above'));
  const sentence =
    card.verdict === 'not-comparable'
      ? notComparable(items, context)
      : say(context, `headline.verdict.${card.verdict}`);
  return {
    tone: toneOf(card),
    sentence,
    overall: card.sections.flatMap((section) => overallText(section, context)),
    subject: subjectOf(card, movers, sentence, context),
    attention: low.map((named) => remark(named, context)),
    noAttention: say(context, 'headline.noAttention'),
    praise: high.map((named) => remark(named, context)),
    noPraise: say(context, 'headline.noPraise'),
    nextStep: nextStepOf(card, low, high, context),
  };
}
