import { defaultThresholds } from '../statistics/small-numbers.ts';
import type { PresentedShare } from './moving-calls.ts';
import type { PresentedCalls } from './presented-scorecard.ts';

/** Sum of what was shown; null as soon as one month hides it, or subtracting the others would show it. */
function summed(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return sum;
}

function summedShare(shares: readonly (PresentedShare | null)[]): PresentedShare | null {
  const [x, n] = [
    summed(shares.map((share) => share?.x ?? null)),
    summed(shares.map((share) => share?.n ?? null)),
  ];
  if (x === null || n === null) return null;
  return { x, n, value: n >= defaultThresholds.countsOnly ? x / n : null };
}

/** The calls of several months, from what each month's scorecard shows of them; null without any. */
export function sumCalls(months: readonly PresentedCalls[]): PresentedCalls | null {
  if (months.length === 0) return null;
  const number = (pick: (calls: PresentedCalls) => number | null): number | null => summed(months.map(pick));
  const share = (pick: (calls: PresentedCalls) => PresentedShare | null): PresentedShare | null =>
    summedShare(months.map(pick));
  return {
    discharges: number(({ discharges }) => discharges) ?? 0,
    calls: number(({ calls }) => calls) ?? 0,
    attempted: number(({ attempted }) => attempted) ?? 0,
    moving: months.some(({ moving }) => moving),
    reached: number(({ reached }) => reached),
    completed: number(({ completed }) => completed),
    partial: number(({ partial }) => partial),
    refused: number(({ refused }) => refused),
    other: number(({ other }) => other),
    rates: {
      RR1: share(({ rates }) => rates.RR1),
      COOP1: share(({ rates }) => rates.COOP1),
      REF1: share(({ rates }) => rates.REF1),
      CON1: share(({ rates }) => rates.CON1),
    },
    clinicalFollowUp: share(({ clinicalFollowUp }) => clinicalFollowUp),
  };
}
