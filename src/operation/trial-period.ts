import type { ReportingPeriod } from '../shared/reporting-period.ts';

/** Begins the stored period of everything that arrived in trial operation; every month sorts before it. */
export const trialPrefix = 'trial:';

/**
 * The `period` a document is stored under: `2026-10`, or `trial:2026-10`. Everything that counts asks for months, so that what
 * arrived in trial operation is in no count and no range of months, and no query needs to remember it.
 */
export function storedPeriod(period: ReportingPeriod, trial: boolean): string {
  return trial ? `${trialPrefix}${period}` : period;
}

/** The month of a stored period, and whether it was stored in trial operation: the inverse of `storedPeriod`. */
export function readStoredPeriod(stored: string): {
  readonly period: ReportingPeriod;
  readonly trial: boolean;
} {
  const trial = stored.startsWith(trialPrefix);
  return { period: trial ? stored.slice(trialPrefix.length) : stored, trial };
}
