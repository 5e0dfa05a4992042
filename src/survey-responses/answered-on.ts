import { addDays, isCalendarDate } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { SurveyMode } from './survey-response.ts';

/** Paper that turns up later than this many days after it was filled in tells nothing about now. */
export const maxAgeDays = 400;

/** The rule that the day written on an answer breaks. */
export type AnsweredOnFault =
  'answered_on_missing' | 'answered_on_not_a_date' | 'answered_on_in_future' | 'answered_on_too_old';

/** What is wrong with the day written on an answer, or null. Paper must have one; no mode may have a wrong one. */
export function answeredOnFault(
  mode: SurveyMode,
  answeredOn: string | undefined,
  today: CalendarDate,
): AnsweredOnFault | null {
  if (answeredOn === undefined) return mode === 'paper' ? 'answered_on_missing' : null;
  if (!isCalendarDate(answeredOn)) return 'answered_on_not_a_date';
  if (answeredOn > today) return 'answered_on_in_future';
  return answeredOn < addDays(today, -maxAgeDays) ? 'answered_on_too_old' : null;
}
