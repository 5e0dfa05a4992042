import { say, shareText } from './figure.view-model.ts';
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
      followUp ? shareText(followUp, context) : say(context, 'calls.noClinicalFollowUp'),
    ),
  ];
}
