import { readDays, writeDays } from './calendar-text.ts';
import type { ReadDays } from './calendar-text.ts';
import { calendarFaults } from './calendar-faults.ts';
import type { CalendarList } from './calendar-faults.ts';
import type { CalendarYearContent, StoredCalendarYear } from './calendar-year.ts';

/** The fields of the form, as they are typed. */
export interface CalendarFields {
  readonly version: string;
  readonly source: string;
  readonly holidays: string;
  readonly workingDays: string;
  readonly quietDays: string;
}

/** A fault to show beside its field: a key of `calendar:fault` with its values. `line` counts from 1, 0 for none. */
export interface FieldFault {
  readonly field: CalendarList | 'source';
  readonly line: number;
  readonly text: string;
}

/** Where a month of the year closes. */
export interface ClosingDay {
  readonly period: string;
  readonly day: string;
  readonly closed: boolean;
}

const unnamed = (dates: readonly string[]): readonly { date: string; name: string }[] =>
  dates.map((date) => ({ date, name: '' }));

/** The form of a stored year, or an empty one. */
export function fieldsOf(
  stored: { readonly year: StoredCalendarYear; readonly updatedAt: Date } | null,
): CalendarFields {
  if (!stored) return { version: '', source: '', holidays: '', workingDays: '', quietDays: '' };
  const { source, holidays, workingDays, quietDays } = stored.year;
  return {
    version: stored.updatedAt.toISOString(),
    source,
    holidays: writeDays(holidays),
    workingDays: writeDays(unnamed(workingDays)),
    quietDays: writeDays(unnamed(quietDays)),
  };
}

/** What was typed, read: the year's content, and every fault, what could not be read before what is wrong with it. */
export interface ReadCalendar {
  readonly content: CalendarYearContent;
  readonly faults: readonly FieldFault[];
}

/** Says a fault in the person's language. */
export type SayFault = (code: string, values: Readonly<Record<string, string | number>>) => string;

/** Reads the form. Lines that cannot be read are faults; the rest is in the content. */
export function readCalendar(fields: CalendarFields, year: number, say: SayFault): ReadCalendar {
  const lists = ['holidays', 'workingDays', 'quietDays'] as const;
  const read: Readonly<Record<CalendarList, ReadDays>> = {
    holidays: readDays(fields.holidays, year, true),
    workingDays: readDays(fields.workingDays, year, false),
    quietDays: readDays(fields.quietDays, year, false),
  };
  const dates = (list: CalendarList): readonly string[] => read[list].days.map(({ date }) => date);
  const source = fields.source.trim();
  const content = {
    source,
    holidays: read.holidays.days.map(({ date, name }) => ({ date, name })),
    workingDays: dates('workingDays'),
    quietDays: dates('quietDays'),
  };
  const sourceFault: FieldFault = { field: 'source', line: 0, text: say('source', {}) };
  return {
    content,
    faults: [
      ...(source === '' || source.length > 200 ? [sourceFault] : []),
      ...lists.flatMap((field) =>
        read[field].faults.map(({ line, code }) => ({ field, line, text: say(code, { year }) })),
      ),
      ...calendarFaults(year, content).map(({ list, index, code, date }) => ({
        field: list,
        line: read[list].days[index]?.line ?? 0,
        text: say(code, { date, year }),
      })),
    ],
  };
}
