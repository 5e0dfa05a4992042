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
  return {
    timeZone,
    dateOf: (moment) => zoned(moment).toPlainDate().toString(),
    momentOf: (date, time) =>
      new Date(
        Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) })
          .epochMilliseconds,
      ),
    format: (moment) =>
      zoned(moment).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' '),
  };
}
