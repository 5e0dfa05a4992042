import type { ReportingPeriod } from '../shared/reporting-period.ts';

/** x of n calls or discharges; `value` 0–1 from n = 30 on. */
export interface PresentedShare {
  readonly x: number;
  readonly n: number;
  readonly value: number | null;
}

/** The figures on a month's calls that move until its calls are over; null where small numbers hide them. */
export interface MovingCalls {
  readonly attempted: number | null;
  readonly reached: number | null;
  readonly completed: number | null;
  readonly rates: Readonly<Record<'RR1' | 'COOP1' | 'REF1' | 'CON1', PresentedShare | null>>;
}

/** How a month's calls ended, beside what its scorecard printed while some were open. Fit to be shown. */
export interface FinalCalls {
  /** The month of the calls. */
  readonly period: ReportingPeriod;
  /** The revision that printed. */
  readonly revision: number;
  readonly printed: MovingCalls;
  readonly final: MovingCalls;
}
