import type { FinalCalls } from './moving-calls.ts';
import { periodText, say, shareText } from './figure.view-model.ts';
import type { ViewContext } from './figure.view-model.ts';
import type { PresentedCalls } from './presented-scorecard.ts';

/** One line of the block on follow-up calls. */
export interface CallLine {
  readonly label: string;
  readonly value: string;
}

const processLines = ['discharges', 'calls', 'attempted'] as const;
const resultLines = ['reached', 'completed', 'partial', 'refused'] as const;
const rateLines = ['RR1', 'COOP1', 'REF1', 'CON1'] as const;

/** The follow-up calls in words, in the order of the work. */
export function callLines(
  calls: PresentedCalls | null,
  provisional: boolean,
  context: ViewContext,
): readonly CallLine[] {
  if (!calls) return [];
  const line = (key: string, value: string): CallLine => ({ label: say(context, `calls.${key}`), value });
  const process = processLines.map((key) => line(key, String(calls[key])));
  if (provisional) return process;
  const followUp = calls.clinicalFollowUp;
  return [
    ...process,
    ...resultLines.map((key) => line(key, String(calls[key] ?? say(context, 'figure.withheld')))),
    ...rateLines.map((key) => line(key, shareText(calls.rates[key], context))),
    line(
      'clinicalFollowUp',
      followUp && followUp.x > 0 ? shareText(followUp, context) : say(context, 'calls.noClinicalFollowUp'),
    ),
  ];
}

/** How the calls of the month before ended, in words. */
export interface FinalCallsView {
  readonly title: string;
  /** `before`: what last month's scorecard printed. */
  readonly lines: readonly (CallLine & { readonly before: string })[];
  readonly hint: string;
}

/** Each figure printed a month before with its final value: `67.3%(37/55)`, `上月月报为 58.2%(32/55)`; null where there is none. */
export function finalCallsView(calls: FinalCalls | null, context: ViewContext): FinalCallsView | null {
  if (!calls) return null;
  const { printed, final } = calls;
  const number = (value: number | null): string => String(value ?? say(context, 'figure.withheld'));
  const line = (key: string, value: string, then: string): FinalCallsView['lines'][number] => ({
    label: say(context, `calls.${key}`),
    value,
    before: say(context, 'calls.finalBefore', { printed: then }),
  });
  const counts = (['attempted', 'reached', 'completed'] as const).filter((key) => printed[key] !== null);
  const rates = rateLines.filter((key) => printed.rates[key] !== null);
  return {
    title: say(context, 'calls.finalTitle', { month: periodText(calls.period, context) }),
    lines: [
      ...counts.map((key) => line(key, number(final[key]), number(printed[key]))),
      ...rates.map((key) =>
        line(key, shareText(final.rates[key], context), shareText(printed.rates[key], context)),
      ),
    ],
    hint: say(context, 'calls.finalHint'),
  };
}
