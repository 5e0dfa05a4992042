import { periodOf } from '../shared/reporting-period.ts';
import type { CalendarDate, ReportingPeriod } from '../shared/reporting-period.ts';
import type { SurveyMode } from './survey-response.ts';

/** Days that may decide the month of an answer. */
export interface AnswerDays {
  /** The hospital's day on which the service received it. */
  readonly receivedOn: CalendarDate;
  /** The day written on paper, or null. */
  readonly answeredOn: CalendarDate | null;
  /** Day of discharge for answers by phone or personal link, or null. */
  readonly dischargedOn: CalendarDate | null;
}

/**
 * The month an answer counts in: of the discharge when it came by phone or personal link; of the date written on paper;
 * otherwise of the day it was received, also when it waited offline.
 */
export function attributePeriod(mode: SurveyMode, days: AnswerDays): ReportingPeriod {
  if (days.dischargedOn !== null) return periodOf(days.dischargedOn);
  if (mode === 'paper' && days.answeredOn !== null) return periodOf(days.answeredOn);
  return periodOf(days.receivedOn);
}
