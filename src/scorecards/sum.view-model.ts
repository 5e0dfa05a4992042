import { textIn } from '../shared/localized-text.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { periodText, say } from './figure.view-model.ts';
import type { ViewContext } from './figure.view-model.ts';
import type { PresentedScorecard, PresentedSum } from './presented-scorecard.ts';
import { sectionView } from './section.view-model.ts';
import type { SectionView } from './section.view-model.ts';

/** 近 12 个月合计 in words: what stands beside a month with few answers. */
export interface RollingView {
  readonly title: string;
  readonly explanation: string;
  readonly sections: readonly SectionView[];
  readonly notes: readonly string[];
}

/** Months as a person lists them: `2026年8月、2026年10月`. */
function monthList(months: readonly ReportingPeriod[], context: ViewContext): string {
  return months.map((month) => periodText(month, context)).join(say(context, 'sum.and'));
}

/** Which months a sum holds, which are not closed, and what it leaves out. */
export function sumNotes(sum: PresentedSum, context: ViewContext): readonly string[] {
  const { months, missing, leftOut, span } = sum;
  return [
    say(context, 'sum.months', { count: months.length, months: monthList(months, context) }),
    ...(missing.length > 0 && span !== 'rolling'
      ? [say(context, 'sum.missing', { months: monthList(missing, context) })]
      : []),
    ...(leftOut.length > 0 ? [say(context, 'sum.leftOut', { months: monthList(leftOut, context) })] : []),
  ];
}

/** `截至2026年11月` where months of the period are still missing; else empty. */
export function asOfText({ sum }: PresentedScorecard, context: ViewContext): string {
  const last = sum?.months.at(-1);
  if (!sum || !last || sum.missing.length === 0) return '';
  return say(context, 'sum.asOf', {
    last: periodText(last, context),
    missing: monthList(sum.missing, context),
  });
}

/** The rolling sum in words; null where there is none. */
export function rollingView(card: PresentedScorecard | null, context: ViewContext): RollingView | null {
  if (!card?.sum) return null;
  const [first, last] = [card.sum.months[0] ?? '', card.sum.months.at(-1) ?? ''];
  return {
    title: say(context, 'sum.rollingTitle', {
      first: periodText(first, context),
      last: periodText(last, context),
    }),
    explanation: say(context, 'sum.rollingExplanation'),
    sections: card.sections.map((section) => ({
      ...sectionView(section, context),
      heading: textIn(section.patientGroupName, context.locale),
    })),
    notes: sumNotes(card.sum, context),
  };
}
