import type { CalendarDate } from '../shared/reporting-period.ts';
import type { WorkingCalendar } from './working-days.ts';

/**
 * The years whose holidays somebody must enter now: the running one, and from `alarmFrom` (`11-01`) on the next, which the State
 * Council announces in autumn. Empty when all is well. Example: 2026-11-01 without 2027 → `[2027]`; 2026-10-31 → `[]`.
 */
export function missingYears(
  calendar: Pick<WorkingCalendar, 'hasYear'>,
  today: CalendarDate,
  alarmFrom: string,
): readonly number[] {
  const year = Number(today.slice(0, 4));
  const wanted = today.slice(5) >= alarmFrom ? [year, year + 1] : [year];
  return wanted.filter((one) => !calendar.hasYear(one));
}
