import { Temporal } from 'temporal-polyfill';
import { DomainError } from './domain-error.ts';

/** A month of the hospital's calendar, `2026-10`. */
export type ReportingPeriod = string;

/** A day of the hospital's calendar, `2026-10-31`: a string, never a moment. */
export type CalendarDate = string;

const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/;
const datePattern = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a string is a month such as `2026-10`. */
export function isReportingPeriod(value: string): value is ReportingPeriod {
  return monthPattern.test(value);
}

/** Whether a string is a day that exists: `2026-02-31` is none. */
export function isCalendarDate(value: string): value is CalendarDate {
  if (!datePattern.test(value)) return false;
  try {
    return Temporal.PlainDate.from(value, { overflow: 'reject' }).toString() === value;
  } catch {
    return false;
  }
}

/** The month, or a `DomainError` `period_invalid`. */
export function parseReportingPeriod(value: string): ReportingPeriod {
  if (isReportingPeriod(value)) return value;
  throw new DomainError('invalid', 'period_invalid', 'The period must be a month such as 2026-10.');
}

/** The month a day belongs to: `2026-10-31` → `2026-10`. */
export function periodOf(date: CalendarDate): ReportingPeriod {
  return date.slice(0, 7);
}

/** The month `months` later (or earlier, when negative): `2026-12` + 1 → `2027-01`. */
export function addMonths(period: ReportingPeriod, months: number): ReportingPeriod {
  return Temporal.PlainYearMonth.from(period).add({ months }).toString();
}

/** The month before. */
export function previousPeriod(period: ReportingPeriod): ReportingPeriod {
  return addMonths(period, -1);
}

/** First and last day of the month: `2026-02` → `{first: '2026-02-01', last: '2026-02-28'}`. */
export function daysOf(period: ReportingPeriod): { first: CalendarDate; last: CalendarDate } {
  const month = Temporal.PlainYearMonth.from(period);
  return {
    first: month.toPlainDate({ day: 1 }).toString(),
    last: month.toPlainDate({ day: month.daysInMonth }).toString(),
  };
}

/** The day `days` later (or earlier, when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** The later of two days; one that is null loses. */
export function laterDay(a: CalendarDate | null, b: CalendarDate | null): CalendarDate | null {
  return a === null || (b !== null && b > a) ? b : a;
}
