import { Temporal } from 'temporal-polyfill';
import type { CalendarDate } from './reporting-period.ts';

/** Turns moments into the hospital's days and back. Every rule about dates goes through it. */
export interface HospitalTime {
  /** IANA name, such as `Asia/Shanghai`. */
  readonly timeZone: string;
  /** The hospital's day at a moment: 2026-10-31T16:30Z is `2026-11-01` in Shanghai. */
  readonly dateOf: (moment: Date) => CalendarDate;
  /** The moment of a wall-clock time (`HH:MM`) on a day. A time a clock change skips is taken an hour later. */
  readonly momentOf: (date: CalendarDate, time: string) => Date;
  /** `2026-10-31 16:30`, for people. */
  readonly format: (moment: Date) => string;
}

/** Hospital time in a zone. Throws a RangeError on an unknown zone. */
export function createHospitalTime(timeZone: string): HospitalTime {
  const zoned = (moment: Date): Temporal.ZonedDateTime =>
    Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone);
  zoned(new Date(0));
  // A day begins on a full minute in every zone, so all moments of a minute have one date: every answer asks for today's.
  let last: { readonly minute: number; readonly date: CalendarDate } | null = null;
  return {
    timeZone,
    dateOf: (moment) => {
      const minute = Math.floor(moment.getTime() / 60_000);
      if (last?.minute !== minute) last = { minute, date: zoned(moment).toPlainDate().toString() };
      return last.date;
    },
    momentOf: (date, time) =>
      new Date(
        Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) })
          .epochMilliseconds,
      ),
    format: (moment) =>
      zoned(moment).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' '),
  };
}
