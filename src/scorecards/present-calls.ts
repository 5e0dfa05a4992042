import { defaultThresholds, smallestThreshold } from '../statistics/small-numbers.ts';
import { suppressSplit } from '../statistics/suppression.ts';
import type { PresentedShare } from './moving-calls.ts';
import type { PresentedCalls, PresentedSection } from './presented-scorecard.ts';
import type { Scorecard } from './scorecard.ts';

type Calls = NonNullable<Scorecard['calls']>;

const isSmall = (n: number): boolean => n > 0 && n < smallestThreshold;

/** x of n with its ratio from n = 30 on; null where one of them is hidden. */
export const shareOf = (x: number | null, n: number | null): PresentedShare | null =>
  x === null || n === null ? null : { x, n, value: n >= defaultThresholds.countsOnly ? x / n : null };

/** Interviews by phone are counted in the split by mode too: hidden there, they must be hidden here. */
function hidesPhone(sections: readonly PresentedSection[]): boolean {
  return sections.some(
    ({ level, responses }) =>
      level === 'hidden' || responses.byMode.some(({ mode, n }) => mode === 'phone' && n === null),
  );
}

const shown = (n: number, hidden: boolean | undefined): number | null => (hidden === true ? null : n);

/**
 * A month's calls. Completed interviews can be read off the split by mode, so refusals, break-offs and others are
 * protected as a split of what is left of the calls reached; the total reached, and the rates made of it, are shown only when that
 * rest is nobody or 5 or more. RR1, REF1 and CON1 are of all calls but those to people who turned out not eligible.
 */
export function presentCalls(calls: Calls, sections: readonly PresentedSection[]): PresentedCalls {
  const { I, P, R, O, NE } = calls.classes;
  const completed = isSmall(I) || hidesPhone(sections) ? null : I;
  const [hideP, hideR, hideO] = suppressSplit([P, R, O]);
  const reached = completed === null || isSmall(P + R + O) ? null : I + P + R + O;
  const refused = shown(R, hideR);
  const eligible = calls.calls - NE;
  return {
    discharges: calls.discharges,
    calls: calls.calls,
    attempted: calls.attempted,
    moving: calls.open !== 0,
    reached,
    completed,
    partial: shown(P, hideP),
    refused,
    other: shown(O, hideO),
    rates: {
      RR1: shareOf(completed, eligible),
      COOP1: shareOf(completed, reached),
      REF1: shareOf(refused, eligible),
      CON1: shareOf(reached, eligible),
    },
    clinicalFollowUp: shareOf(calls.clinicallyFollowedUp, calls.discharges),
  };
}
