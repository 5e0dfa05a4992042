import { wireCalendar } from './calendar/calendar.wiring.ts';
import type { CalendarSlice } from './calendar/calendar.wiring.ts';
import type { Route } from './http/route.ts';
import { wireOperation } from './operation/operation.wiring.ts';
import type { Common, Parts } from './parts.ts';
import { keepFresh } from './shared/keep-fresh.ts';

/** What the hospital sets for the whole service while it runs: its calendar and its mode. */
export interface HospitalSettings {
  readonly calendar: CalendarSlice;
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
  /** At start, after the indexes: seeds and loads both, then reads them again every few seconds, as another instance may change them. */
  readonly begin: (hasData: () => Promise<boolean>) => Promise<void>;
  readonly stop: () => void;
}

/** Builds the calendar and the mode. */
export function composeSettings({ config }: Parts, common: Common): HospitalSettings {
  const { operation, log } = common;
  const calendar = wireCalendar({ ...common, folder: config.calendar.folder });
  const modes = wireOperation(common);
  const fresh = keepFresh({
    reload: async () => {
      await Promise.all([operation.reload(), calendar.reload()]);
    },
    everyMs: config.operation.refreshSeconds * 1000,
    onError: () => log.debug({}, 'mode and calendar could not be read again'),
  });
  return {
    calendar,
    routes: modes.routes,
    pages: modes.pages,
    begin: async (hasData) => {
      await calendar.load();
      await operation.begin(hasData);
      fresh.start();
    },
    stop: fresh.stop,
  };
}
