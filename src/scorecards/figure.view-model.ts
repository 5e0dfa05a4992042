import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { isLongPeriod } from '../shared/long-period.ts';
import type { PeriodSpan } from '../shared/long-period.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { roundPercent, roundTo } from '../statistics/rounding.ts';
import type { DisplayLevel } from '../statistics/small-numbers.ts';
import type { PresentedShare } from './moving-calls.ts';
import type { PresentedHospital, PresentedRate } from './presented-scorecard.ts';

/** What every part of a scorecard's view needs. `digits`: decimals of percentages and scores, 0 in a 快报. */
export interface ViewContext {
  readonly locale: Locale;
  readonly t: Translate;
  readonly digits: 0 | 1;
  /** What `this` and `the one before` are called: month, quarter, …; a month when left out. */
  readonly span?: PeriodSpan;
}

/** Stands where there is no value. */
export const noValue = '–';

/** A text of the slice's catalogue. */
export function say(
  { t, locale, span = 'month' }: ViewContext,
  key: string,
  values?: Readonly<Record<string, string | number>>,
): string {
  const name = (word: string): string => t(locale, `scorecards:span.${span}.${word}`);
  return t(locale, `scorecards:${key}`, {
    current: name('current'),
    previous: name('previous'),
    next: name('next'),
    report: name('report'),
    ...values,
  });
}

/** A ratio 0–1 as `92.3%`; `–` without a value. */
export function percentText(ratio: number | null, { digits }: Pick<ViewContext, 'digits'>): string {
  const percent = roundPercent(ratio, digits);
  return percent === null ? noValue : `${percent.toFixed(digits)}%`;
}

/** Two ratios as `88.1%–95.0%`; empty without an interval. */
export function intervalText(low: number | null, high: number | null, context: ViewContext): string {
  return low === null || high === null ? '' : `${percentText(low, context)}–${percentText(high, context)}`;
}

/** A score 0–100 as `86.3`; `–` without a value. */
export function scoreText(score: number | null, { digits }: Pick<ViewContext, 'digits'>): string {
  return score === null ? noValue : roundTo(score, digits).toFixed(digits);
}

/** A difference of ratios in percentage points, signed: 0.052 → `+5.2`. */
export function pointsText(difference: number): string {
  const points = roundTo(difference * 100, 1);
  const digits = Math.abs(points).toFixed(1);
  if (points === 0) return digits;
  return points > 0 ? `+${digits}` : `−${digits}`;
}

/** A rate's interval in words and its bar: whole percent, and the rest to 100 beside it. */
export interface RateBarView {
  readonly interval: string;
  readonly hasBar: boolean;
  readonly bar: number;
  readonly barRest: number;
}

/** Interval and bar of a rate; without a percentage there is neither. */
export function rateBar(rate: PresentedRate | null, context: ViewContext): RateBarView {
  const { value, low, high } = rate ?? { value: null, low: null, high: null };
  const bar = roundPercent(value, 0) ?? 0;
  return { interval: intervalText(low, high, context), hasBar: value !== null, bar, barRest: 100 - bar };
}

/** 谨慎解读 from 30 to 99 answers; else empty. */
export function cautionText(level: DisplayLevel, context: ViewContext): string {
  return level === 'careful' ? say(context, 'figure.careful') : '';
}

/** The hospital's satisfied rate with its n, as `90.1%(n 800)`; `–` where it stays hidden. */
export function hospitalText(hospital: PresentedHospital | null, context: ViewContext): string {
  if (!hospital) return noValue;
  return say(context, 'figure.rateOfN', { rate: percentText(hospital.satisfied, context), n: hospital.n });
}

/** `55.2%(32/58)`, or `12/20` where the denominator is below 30. */
export function shareText(share: PresentedShare | null, context: ViewContext): string {
  if (!share) return say(context, 'figure.withheld');
  const { x, n, value } = share;
  if (n === 0) return noValue;
  return value === null
    ? `${x}/${n}`
    : say(context, 'figure.share', { rate: percentText(value, context), x, n });
}

/** `2026年10月`, `October 2026`; `2026年第四季度`, `Q4 2026` for longer ones. */
export function periodText(period: ReportingPeriod, context: Pick<ViewContext, 'locale' | 't'>): string {
  const [year = '', month = ''] = period.split('-');
  if (isLongPeriod(period))
    return say({ ...context, digits: 1 }, `longPeriod.${month === '' ? 'year' : month}`, { year });
  return say({ ...context, digits: 1 }, 'period', {
    year,
    month: say({ ...context, digits: 1 }, `month.${month}`),
  });
}
