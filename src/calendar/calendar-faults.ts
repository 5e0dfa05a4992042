import { Temporal } from 'temporal-polyfill';
import { isCalendarDate } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { CalendarYearContent } from './calendar-year.ts';

/** The lists of a year. */
export type CalendarList = 'holidays' | 'workingDays' | 'quietDays';

/** What is wrong with one entry of a list; `code` is a key of `calendar:fault`. `index` counts from 0. */
export interface CalendarFault {
  readonly list: CalendarList;
  readonly index: number;
  readonly code: 'date' | 'other_year' | 'twice' | 'both' | 'not_weekend';
  readonly date: CalendarDate;
}

type Entry = Pick<CalendarFault, 'list' | 'index' | 'date'>;

function entriesOf(list: CalendarList, dates: readonly string[]): readonly Entry[] {
  return dates.map((date, index) => ({ list, index, date }));
}

function codeOf(
  { list, index, date }: Entry,
  year: number,
  lists: Readonly<Record<CalendarList, readonly string[]>>,
): CalendarFault['code'] | null {
  if (!isCalendarDate(date)) return 'date';
  if (!date.startsWith(`${year}-`)) return 'other_year';
  if (lists[list].indexOf(date) < index) return 'twice';
  if (list !== 'workingDays') return null;
  if (lists.holidays.includes(date)) return 'both';
  return Temporal.PlainDate.from(date).dayOfWeek <= 5 ? 'not_weekend' : null;
}

/**
 * Every fault of a year's lists: a day that does not exist, of another year, twice in a list, both off and worked, or 调休 on a day
 * that is worked anyway. Example: `2026-02-30` in the holidays → `date`.
 */
export function calendarFaults(year: number, content: CalendarYearContent): readonly CalendarFault[] {
  const lists = {
    holidays: content.holidays.map(({ date }) => date),
    workingDays: content.workingDays,
    quietDays: content.quietDays,
  };
  return (['holidays', 'workingDays', 'quietDays'] as const)
    .flatMap((list) => entriesOf(list, lists[list]))
    .flatMap((entry) => {
      const code = codeOf(entry, year, lists);
      return code === null ? [] : [{ ...entry, code }];
    });
}
