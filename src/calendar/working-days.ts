import { Temporal } from 'temporal-polyfill';
import { addDays, daysOf } from '../shared/reporting-period.ts';
import type { CalendarDate, ReportingPeriod } from '../shared/reporting-period.ts';
import type { CalendarYear } from './calendar-year.ts';

/** Working days of the hospital's offices: Monday to Friday but for holidays and 调休. All of it is date arithmetic, no clock. */
export interface WorkingCalendar {
  readonly isWorkingDay: (date: CalendarDate) => boolean;
  /**
   * The n-th working day of a month, n from 1; counts on into the following month when the month has fewer.
   * Worked example: the 10th of `2026-10` is `2026-10-20` (1–7 off, Saturday the 10th worked). RangeError unless n ≥ 1 is whole.
   */
  readonly nthWorkingDay: (period: ReportingPeriod, n: number) => CalendarDate;
  /**
   * The n-th working day after a day (before it when n is negative); the day itself when n is 0. The day itself is never counted:
   * a deadline of 5 working days from Friday 2026-10-09 is 2026-10-15, as Saturday the 10th is worked. RangeError unless n is whole.
   */
  readonly addWorkingDays: (date: CalendarDate, n: number) => CalendarDate;
  /** How many working days lie in [a, b); negative when b is before a. */
  readonly workingDaysBetween: (a: CalendarDate, b: CalendarDate) => number;
  /** Whether no patient is called on a day. */
  readonly isQuietDay: (date: CalendarDate) => boolean;
  /** Whether the year's holidays are known; otherwise Monday to Friday are taken. */
  readonly hasYear: (year: number) => boolean;
  /** The years from one day to another (both included) whose holidays are not known, in order. */
  readonly missingYears: (from: CalendarDate, to: CalendarDate) => readonly number[];
}

const yearOf = (date: CalendarDate): number => Temporal.PlainDate.from(date).year;

function whole(n: number, least: number): void {
  if (!Number.isSafeInteger(n) || n < least)
    throw new RangeError('The number of working days is not usable.');
}

/** Working days by the notices of some years; a year that is not among them has Monday to Friday. */
export function createWorkingCalendar(years: readonly CalendarYear[]): WorkingCalendar {
  const known = new Set(years.map(({ year }) => year));
  const daysOff = new Set(years.flatMap(({ holidays }) => holidays.map(({ date }) => date)));
  const quiet = new Set(years.flatMap(({ quietDays }) => quietDays));
  const daysOn = new Set(years.flatMap(({ workingDays }) => workingDays));

  const isWorkingDay = (date: CalendarDate): boolean =>
    daysOn.has(date) || (!daysOff.has(date) && Temporal.PlainDate.from(date).dayOfWeek <= 5);

  const addWorkingDays = (date: CalendarDate, n: number): CalendarDate => {
    whole(n, -Infinity);
    let day = date;
    for (let left = Math.abs(n); left > 0;) {
      day = addDays(day, Math.sign(n));
      if (isWorkingDay(day)) left -= 1;
    }
    return day;
  };

  const workingDaysBetween = (a: CalendarDate, b: CalendarDate): number => {
    if (b < a) return 0 - workingDaysBetween(b, a);
    let count = 0;
    for (let day = a; day < b; day = addDays(day, 1)) if (isWorkingDay(day)) count += 1;
    return count;
  };

  return {
    isWorkingDay,
    nthWorkingDay: (period, n) => {
      whole(n, 1);
      return addWorkingDays(addDays(daysOf(period).first, -1), n);
    },
    addWorkingDays,
    workingDaysBetween,
    isQuietDay: (date) => quiet.has(date),
    hasYear: (year) => known.has(year),
    missingYears: (from, to) => {
      const span = Math.max(0, yearOf(to) - yearOf(from) + 1);
      return Array.from({ length: span }, (_, index) => yearOf(from) + index).filter(
        (year) => !known.has(year),
      );
    },
  };
}
