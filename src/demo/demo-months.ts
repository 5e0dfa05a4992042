import { addMonths, periodOf } from '../shared/reporting-period.ts';
import type { CalendarDate, ReportingPeriod } from '../shared/reporting-period.ts';

/** The months a demonstration is made of, oldest first. */
export interface DemoMonths {
  /** Twelve months that are closed, the last being the newest that may be closed. */
  readonly closed: readonly ReportingPeriod[];
  /** The months after them up to the present one, which are still open. */
  readonly open: readonly ReportingPeriod[];
}

const closedMonths = 12;

/** The months of a demonstration that begins at `now`: `today` is the hospital's day, `closingMoment` when a month is due. */
export function demoMonths(
  now: Date,
  today: CalendarDate,
  closingMoment: (period: ReportingPeriod) => Date,
): DemoMonths {
  const present = periodOf(today);
  const open: ReportingPeriod[] = [present];
  let last = addMonths(present, -1);
  while (closingMoment(last) > now) {
    open.unshift(last);
    last = addMonths(last, -1);
  }
  const closed = Array.from({ length: closedMonths }, (_, index) =>
    addMonths(last, index + 1 - closedMonths),
  );
  return { closed, open };
}
