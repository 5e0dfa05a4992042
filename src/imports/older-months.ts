import { addMonths } from '../shared/reporting-period.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';

/** What decides whether a month takes answers of an older system. */
export interface OlderMonthFacts {
  /** The month it is now. */
  readonly current: ReportingPeriod;
  /** Whether the service was in trial operation throughout the month. */
  readonly trial: boolean;
  /** Whether the month has been closed. */
  readonly closed: boolean;
  /** So many months are closed by themselves when they were missed. */
  readonly catchUpMonths: number;
}

/**
 * Whether a month takes answers of an older system: it is over, not closed, and will not be closed and mailed by itself, because the
 * service was not live in it or because it lies too far back. Example: now `2026-11`, live since 2026-11-02 → `2026-10` yes.
 */
export function takesOlderAnswers(period: ReportingPeriod, facts: OlderMonthFacts): boolean {
  const { current, trial, closed, catchUpMonths } = facts;
  if (period >= current || closed) return false;
  return trial || period < addMonths(current, -(catchUpMonths + 1));
}
