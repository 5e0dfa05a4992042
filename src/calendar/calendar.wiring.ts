import type { Connection } from 'mongoose';
import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Route } from '../http/route.ts';
import type { Job } from '../jobs/job.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { contentHash } from '../shared/content-hash.crypto.ts';
import type { Logger } from '../shared/logger.ts';
import { createCalendarPages } from './calendar.pages.ts';
import type { CalendarPagesDeps } from './calendar.pages.ts';
import { createCalendarRoutes } from './calendar.routes.ts';
import { createMissingYearsJob } from './missing-years.job.ts';
import { missingYears } from './missing-years.ts';
import { createSaveCalendarYear } from './save-calendar-year.ts';
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
  /** The years somebody must enter now; empty when all is well. */
  readonly missingYears: () => readonly number[];
}

/** Builds the calendar on a database and a folder of year files (`config/calendar`). */
export function wireCalendar(deps: {
  readonly connection: Connection;
  readonly folder: string;
  readonly clock: Clock;
  readonly hospitalTime: Pick<HospitalTime, 'dateOf'>;
  /** `MM-DD` from which next year's holidays are missed. */
  readonly alarmFrom: string;
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
      isQuietDay: (date) => current.isQuietDay(date),
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
    missingYears: () => missingYears(current, deps.hospitalTime.dateOf(deps.clock.now()), deps.alarmFrom),
  };
}

/** What the office's side of the calendar needs from outside. */
export interface CalendarOfficeDeps extends Omit<CalendarPagesDeps, 'store' | 'saveCalendarYear'> {
  readonly calendar: CalendarSlice;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly log: Pick<Logger, 'warn'>;
  /** Cron expression of the daily look for missing years. */
  readonly alarmSchedule: string;
}

/** The office's side of the calendar: API, page, and the daily look for missing years. */
export function wireCalendarOffice(deps: CalendarOfficeDeps): {
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
  readonly jobs: readonly Job[];
} {
  const { store, reload, missingYears: missing } = deps.calendar;
  const saveCalendarYear = createSaveCalendarYear({ ...deps, store, reload, translate: deps.t });
  const served = { ...deps, store, saveCalendarYear };
  return {
    routes: createCalendarRoutes(served),
    pages: createCalendarPages(served),
    jobs: [createMissingYearsJob({ schedule: deps.alarmSchedule, missingYears: missing, log: deps.log })],
  };
}
