import type { CalendarDate } from '../shared/reporting-period.ts';

/** A day off by the State Council's notice, and what it is for. */
export interface Holiday {
  readonly date: CalendarDate;
  readonly name: string;
}

/** One year of the State Council's notice on holidays. */
export interface CalendarYear {
  readonly year: number;
  /** Title of the notice, so that an auditor can look it up. */
  readonly source: string;
  /** Days off, weekends among them included. */
  readonly holidays: readonly Holiday[];
  /** 调休: Saturdays and Sundays that are worked. */
  readonly workingDays: readonly CalendarDate[];
  /** Days on which no patient is called: 除夕 to 初二 in the shipped years. */
  readonly quietDays: readonly CalendarDate[];
}

/** A year as it is stored: `shipped` follows the files of the installation, `edited` belongs to the hospital. */
export interface StoredCalendarYear extends CalendarYear {
  readonly origin: 'shipped' | 'edited';
}

/** A year without its number, as an API or a page gives it. */
export type CalendarYearContent = Omit<CalendarYear, 'year'>;

/** Names of what differs between two versions of a year. */
export function changedFieldsOf(
  before: CalendarYearContent | null,
  after: CalendarYearContent,
): readonly string[] {
  const fields = ['source', 'holidays', 'workingDays', 'quietDays'] as const;
  return fields.filter((field) => JSON.stringify(before?.[field]) !== JSON.stringify(after[field]));
}
