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
}

/** A year as it is stored: `shipped` follows the files of the installation, `edited` belongs to the hospital. */
export interface StoredCalendarYear extends CalendarYear {
  readonly origin: 'shipped' | 'edited';
}
