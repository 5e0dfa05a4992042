import { addDays } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { DischargeWay } from './follow-up-call.ts';

/** A time of day in which patients may be called: `09:00` up to, not including, `12:00`. */
export interface DayPart {
  readonly from: string;
  readonly until: string;
}

/** When and how often a discharged patient is called. */
export interface CallRules {
  /** Days after the discharge on which the first call may be made. */
  readonly opensAfterDays: number;
  /** Days after the discharge after which nobody calls any more. */
  readonly closesAfterDays: number;
  readonly maxAttempts: number;
  readonly dayParts: readonly DayPart[];
  /** Days between attempt n and n + 1; the last number holds for all that follow. */
  readonly spacingDays: readonly number[];
  /** Minutes for which a claimed call belongs to one nurse. */
  readonly claimMinutes: number;
  /** A discharge older than this many days is refused. */
  readonly oldestDischargeDays: number;
  /** 离院方式 that open no satisfaction call. */
  readonly uncalledWays: readonly DischargeWay[];
}

/**
 * What a county hospital starts with: from day 2 to day 30, five attempts over about two weeks at different times of day,
 * never at noon or after eight. Deaths are never called; 自动出院 is not called by the hospitals' own rules.
 */
export const defaultCallRules: CallRules = {
  opensAfterDays: 2,
  closesAfterDays: 30,
  maxAttempts: 5,
  dayParts: [
    { from: '09:00', until: '12:00' },
    { from: '14:00', until: '17:30' },
    { from: '18:00', until: '20:00' },
  ],
  spacingDays: [0, 1, 3, 7],
  claimMinutes: 15,
  oldestDischargeDays: 120,
  uncalledWays: ['died', 'against-advice'],
};

/** First and last day on which a discharge may be called. */
export function callWindow(
  dischargedOn: CalendarDate,
  rules: CallRules,
): { readonly dueOn: CalendarDate; readonly closesOn: CalendarDate } {
  return {
    dueOn: addDays(dischargedOn, rules.opensAfterDays),
    closesOn: addDays(dischargedOn, rules.closesAfterDays),
  };
}

/** Whether a discharge of this 离院方式 opens a satisfaction call. */
export function opensCall(way: DischargeWay | null | undefined, rules: CallRules): boolean {
  return !rules.uncalledWays.some((uncalled) => uncalled === way);
}
