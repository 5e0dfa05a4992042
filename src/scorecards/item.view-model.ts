import { textIn } from '../shared/localized-text.ts';
import {
  cautionText,
  hospitalText,
  noValue,
  percentText,
  pointsText,
  rateBar,
  say,
  scoreText,
} from './figure.view-model.ts';
import type { RateBarView, ViewContext } from './figure.view-model.ts';
import type { PresentedChange, PresentedItem, PresentedRate } from './presented-scorecard.ts';

/** One item as page and mail print it: every number is already words. */
export interface ItemView extends RateBarView {
  /** The item in a few words. */
  readonly label: string;
  /** The whole question, where there is room for it. */
  readonly text: string;
  /** Who answers for it when that is not the department; else empty. */
  readonly unit: string;
  readonly n: string;
  readonly satisfied: string;
  readonly topBox: string;
  readonly meanScore: string;
  readonly hospital: string;
  /** Outside the hospital's funnel: above or below; empty inside. */
  readonly standing: string;
  /** An arrow only for a tested, significant change; its interval stands in the headline's lists. */
  readonly change: string;
  readonly changeTone: 'up' | 'down' | 'same';
  /** 谨慎解读 where it applies; else empty. */
  readonly caution: string;
}

/** A rate by its level: `92.3%`, `17/19`, 样本不足, 不计分, `–`. */
export function rateText(item: PresentedItem, rate: PresentedRate | null, context: ViewContext): string {
  if (item.level === 'hidden') return say(context, 'figure.tooFew');
  if (item.level === 'none') return noValue;
  if (!rate) return say(context, 'figure.notScored');
  return rate.value === null ? `${rate.x ?? ''}/${item.n ?? ''}` : percentText(rate.value, context);
}

/** `上升 6.9 个百分点(上月 85.2%,n 120;95% 区间 +1.2 至 +12.4)`. */
export function movedText(change: PresentedChange, context: ViewContext): string {
  return say(context, change.difference > 0 ? 'change.up' : 'change.down', {
    points: pointsText(Math.abs(change.difference)).replace('+', ''),
    before: percentText(change.previousValue, context),
    n: change.previousN,
    low: pointsText(change.low),
    high: pointsText(change.high),
  });
}

function changeText(item: PresentedItem, context: ViewContext): string {
  const { change } = item;
  if (change?.significant === true) {
    const points = pointsText(change.difference);
    return say(context, change.difference > 0 ? 'change.shortUp' : 'change.shortDown', { points });
  }
  if (change) return say(context, 'change.none');
  return say(context, `change.reason.${item.noChangeReason ?? 'not-scored'}`);
}

function toneOf({ change }: PresentedItem): ItemView['changeTone'] {
  if (change?.significant !== true) return 'same';
  return change.difference > 0 ? 'up' : 'down';
}

function unitText({ responsibleUnit }: PresentedItem, { locale }: ViewContext): string {
  return typeof responsibleUnit === 'object' ? textIn(responsibleUnit.name, locale) : '';
}

function standingText({ standing }: PresentedItem, context: ViewContext): string {
  return standing === 'above' || standing === 'below' ? say(context, `standing.${standing}`) : '';
}

/** One item in words. */
export function itemView(item: PresentedItem, context: ViewContext): ItemView {
  return {
    ...rateBar(item.satisfied, context),
    label: textIn(item.label, context.locale),
    text: textIn(item.text, context.locale),
    unit: unitText(item, context),
    n: item.n === null ? say(context, 'figure.below5') : String(item.n),
    satisfied: rateText(item, item.satisfied, context),
    topBox: rateText(item, item.topBox, context),
    meanScore: scoreText(item.meanScore, context),
    hospital: hospitalText(item.hospital, context),
    standing: standingText(item, context),
    change: changeText(item, context),
    changeTone: toneOf(item),
    caution: cautionText(item.level, context),
  };
}
