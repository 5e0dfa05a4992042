import type { HospitalTime } from '../shared/hospital-time.ts';
import { addMonths, daysOf } from '../shared/reporting-period.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';

/** 试运行 and 正式运行. */
export const operatingModes = ['trial', 'live'] as const;

/** How the hospital runs the service: what arrives in `trial` counts nowhere, ever. */
export type OperatingMode = (typeof operatingModes)[number];

/** One switch: the mode from then on, and who made it. The first is the start of the service, by `system`. */
export interface ModeSwitch {
  readonly mode: OperatingMode;
  readonly at: Date;
  /** Account id, or `system`. */
  readonly by: string;
  /** Name on screen; empty for `system`. */
  readonly byName: string;
}

/** Every switch so far, oldest first. The last one is in force. */
export type ModeHistory = readonly ModeSwitch[];

/** The mode in force; null before the service has ever been prepared. */
export function modeInForce(history: ModeHistory): OperatingMode | null {
  return history.at(-1)?.mode ?? null;
}

/**
 * Whether the hospital was at no moment of a month in live operation: nothing of such a month is counted, so it closes and mails
 * nothing by itself. The first mode is taken to have held before it was noted. Example: trial, live since 2026-10-16 → `2026-09`
 * yes, `2026-10` no.
 */
export function isTrialMonth(
  history: ModeHistory,
  period: ReportingPeriod,
  time: Pick<HospitalTime, 'momentOf'>,
): boolean {
  const begins = time.momentOf(daysOf(period).first, '00:00');
  const ends = time.momentOf(daysOf(addMonths(period, 1)).first, '00:00');
  const live = history.some(({ mode, at }, index) => {
    const until = history[index + 1]?.at;
    return mode === 'live' && (index === 0 || at < ends) && (until === undefined || until > begins);
  });
  return history.length > 0 && !live;
}
