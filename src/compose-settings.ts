import { wireCalendarOffice } from './calendar/calendar.wiring.ts';
import type { Route } from './http/route.ts';
import type { Job } from './jobs/job.ts';
import { wireOperation } from './operation/operation.wiring.ts';
import type { Common, Parts } from './parts.ts';
import type { PeriodStore } from './scorecards/period.store.ts';
import { addMonths } from './shared/reporting-period.ts';
import { keepFresh } from './shared/keep-fresh.ts';

/** What the hospital sets for the whole service while it runs: its calendar and its mode. */
export interface HospitalSettings {
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
  readonly jobs: readonly Job[];
  /** At start, after the indexes: seeds and loads both, then reads them again every few seconds, as another instance may change them. */
  readonly begin: (hasData: () => Promise<boolean>) => Promise<void>;
  readonly stop: () => void;
}

/** Builds the office's side of the calendar and the mode. */
export function composeSettings(
  { config }: Parts,
  common: Common,
  scorecards: { readonly periods: Pick<PeriodStore, 'latest'> },
): HospitalSettings {
  const { operation, calendarSlice: calendar, log } = common;
  const { closeOnWorkingDay } = config.scorecards;
  const modes = wireOperation(common);
  const office = wireCalendarOffice({
    ...common,
    calendar,
    alarmSchedule: config.calendar.alarmSchedule,
    closingDays: (year) =>
      Promise.all(
        Array.from({ length: 12 }, (_, month) => addMonths(`${year}-01`, month)).map(async (period) => ({
          period,
          day: calendar.workingCalendar.nthWorkingDay(addMonths(period, 1), closeOnWorkingDay),
          closed: (await scorecards.periods.latest(period)) !== null,
        })),
      ),
  });
  const fresh = keepFresh({
    reload: async () => {
      await Promise.all([operation.reload(), calendar.reload()]);
    },
    everyMs: config.operation.refreshSeconds * 1000,
    onError: () => log.debug({}, 'mode and calendar could not be read again'),
  });
  return {
    routes: [...modes.routes, ...office.routes],
    pages: [...modes.pages, ...office.pages],
    jobs: office.jobs,
    begin: async (hasData) => {
      await calendar.load();
      await operation.begin(hasData);
      fresh.start();
    },
    stop: fresh.stop,
  };
}
