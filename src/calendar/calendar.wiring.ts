import type { Connection } from 'mongoose';
import type { Clock } from '../shared/clock.ts';
import { contentHash } from '../shared/content-hash.crypto.ts';
import { readCalendarFiles } from './calendar-files.node.ts';
import { checkCalendarYear } from './calendar-year.schema.ts';
import { createCalendarYearStore } from './calendar-year.store.ts';
import type { CalendarYearStore } from './calendar-year.store.ts';
import { seedCalendar } from './seed-calendar.ts';
import { createWorkingCalendar } from './working-days.ts';
import type { WorkingCalendar } from './working-days.ts';

/** The calendar slice. */
export interface CalendarSlice {
  /** Always the calendar as last loaded; before `load` every year is missing. */
  readonly workingCalendar: WorkingCalendar;
  /** Seeds the database from the files, then loads it: once at start, after the indexes. Rejects when a file is at fault. */
  readonly load: () => Promise<void>;
  /** Reads the database again: what an office edited, here or on another instance. */
  readonly reload: () => Promise<void>;
  readonly store: CalendarYearStore;
}

/** Builds the calendar on a database and a folder of year files (`config/calendar`). */
export function wireCalendar(deps: {
  readonly connection: Connection;
  readonly folder: string;
  readonly clock: Clock;
}): CalendarSlice {
  const store = createCalendarYearStore(deps.connection);
  let current = createWorkingCalendar([]);
  const reload = async (): Promise<void> => {
    current = createWorkingCalendar(await store.list());
  };
  return {
    workingCalendar: {
      isWorkingDay: (date) => current.isWorkingDay(date),
      nthWorkingDay: (period, n) => current.nthWorkingDay(period, n),
      addWorkingDays: (date, n) => current.addWorkingDays(date, n),
      workingDaysBetween: (a, b) => current.workingDaysBetween(a, b),
      hasYear: (year) => current.hasYear(year),
      missingYears: (from, to) => current.missingYears(from, to),
    },
    load: async () => {
      await seedCalendar({
        clock: deps.clock,
        files: readCalendarFiles(deps.folder),
        check: checkCalendarYear,
        list: store.list,
        putShipped: store.putShipped,
        same: (a, b) => contentHash(a) === contentHash(b),
      });
      await reload();
    },
    reload,
    store,
  };
}
