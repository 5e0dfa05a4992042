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
 * The day an answer belongs to: of the discharge when it came by phone or personal link; the date written on paper; otherwise the day
 * it was received, also when it waited offline.
 */
export function attributeDay(mode: SurveyMode, days: AnswerDays): CalendarDate {
  if (days.dischargedOn !== null) return days.dischargedOn;
  return mode === 'paper' && days.answeredOn !== null ? days.answeredOn : days.receivedOn;
}

/** The month of the day an answer belongs to. */
export function attributePeriod(mode: SurveyMode, days: AnswerDays): ReportingPeriod {
  return periodOf(attributeDay(mode, days));
}
