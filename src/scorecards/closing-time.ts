import type { WorkingCalendar } from '../calendar/working-days.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { addMonths } from '../shared/reporting-period.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';

/** When a month closes by itself: on the n-th working day of the next month, at a wall-clock time (`HH:MM`). */
export interface ClosingRule {
  readonly workingDay: number;
  readonly time: string;
}

/**
 * The moment a month is due to close. Worked example: `2026-09`, 10th working day, `08:00` in Shanghai → 2026-10-20T00:00Z, as 1–7
 * October are off and Saturday the 10th is worked.
 */
export function closingMoment(
  period: ReportingPeriod,
  calendar: Pick<WorkingCalendar, 'nthWorkingDay'>,
  hospitalTime: Pick<HospitalTime, 'momentOf'>,
  rule: ClosingRule,
): Date {
  return hospitalTime.momentOf(calendar.nthWorkingDay(addMonths(period, 1), rule.workingDay), rule.time);
}

/** The months from one to another, both included, oldest first; none when the first is later. */
export function monthsBetween(first: ReportingPeriod, last: ReportingPeriod): readonly ReportingPeriod[] {
  const months: ReportingPeriod[] = [];
  for (let month = first; month <= last; month = addMonths(month, 1)) months.push(month);
  return months;
}
