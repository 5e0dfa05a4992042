import { periodOf } from '../shared/reporting-period.ts';
import type { CalendarDate, ReportingPeriod } from '../shared/reporting-period.ts';
import type { SurveyMode, Verification } from './survey-response.ts';

/** What decides the month of an answer. Every date is a day of the hospital. */
export interface PeriodFacts {
  readonly mode: SurveyMode;
  readonly verification: Verification;
  /** The day written on paper, or null. */
  readonly answeredOn: CalendarDate | null;
  /** Null for an answer that belongs to no discharge. */
  readonly dischargedOn: CalendarDate | null;
  readonly receivedOn: CalendarDate;
}

function dayThatCounts(facts: PeriodFacts): CalendarDate | null {
  if (facts.mode === 'phone' || facts.verification === 'one-time-link') return facts.dischargedOn;
  return facts.mode === 'paper' ? facts.answeredOn : facts.receivedOn;
}

/**
 * The month an answer counts in: by phone or personal link that of the discharge, on paper that of the day written on it,
 * otherwise that of the day it was received. Discharged 2026-10-31 and called on 2026-11-04 → `2026-10`. A missing date
 * gives way to the day it was received.
 */
export function attributePeriod(facts: PeriodFacts): ReportingPeriod {
  return periodOf(dayThatCounts(facts) ?? facts.receivedOn);
}
