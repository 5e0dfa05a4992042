import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { readCalendarFiles } from '../../src/calendar/calendar-files.node.ts';
import { checkCalendarYear } from '../../src/calendar/calendar-year.schema.ts';
import { createWorkingCalendar } from '../../src/calendar/working-days.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { addDays, periodOf } from '../../src/shared/reporting-period.ts';
import { deepRuns } from '../support/deep.ts';

const years = readCalendarFiles(`${projectRoot()}/config/calendar`).map(({ content }) => {
  const checked = checkCalendarYear(content);
  if ('problems' in checked) throw new Error(checked.problems.join(' '));
  return checked.year;
});
const calendar = createWorkingCalendar(years);
const day = fc.integer({ min: 0, max: 1460 }).map((days) => addDays('2023-06-01', days));
const soon = fc.integer({ min: 0, max: 150 }).map((days) => addDays('2026-08-15', days));
const amount = fc.integer({ min: -25, max: 25 });
const runs = { numRuns: deepRuns(60, 5_000) };

describe('the shipped years', () => {
  // 国务院办公厅关于2026年部分节假日安排的通知
  test('2026 works on the six 调休 weekend days of the notice and rests on its holidays', () => {
    const worked = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'];
    const rested = ['2026-01-02', '2026-02-23', '2026-04-06', '2026-05-05', '2026-06-19', '2026-09-25'];

    expect(worked.filter((date) => !calendar.isWorkingDay(date))).toEqual([]);
    expect(rested.filter((date) => calendar.isWorkingDay(date))).toEqual([]);
    for (let date = '2026-10-01'; date <= '2026-10-07'; date = addDays(date, 1))
      expect(calendar.isWorkingDay(date)).toBe(false);
    expect(calendar.isWorkingDay('2026-10-11')).toBe(false);
  });

  // Counted by hand from the notices: weekdays − holidays on weekdays + worked weekend days = 262−19+8, 261−18+5, 261−19+6.
  test.each([
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])('%i has the number of working days of its notice', (year, expected) => {
    expect(calendar.workingDaysBetween(`${year}-01-01`, `${year + 1}-01-01`)).toBe(expected);
  });
});

describe('the n-th working day of a month', () => {
  test.each([
    ['2026-10', '2026-10-20'],
    ['2026-11', '2026-11-13'],
    ['2026-02', '2026-02-13'],
    ['2026-05', '2026-05-18'],
  ])('the tenth of %s is %s', (period, expected) => {
    expect(calendar.nthWorkingDay(period, 10)).toBe(expected);
  });

  test('counts on into the following month when the month has fewer', () => {
    expect(calendar.nthWorkingDay('2026-02', 17)).toBe('2026-03-02');
  });

  test('is a working day, not before the month, and later for a larger n', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), (date, n) => {
        const period = periodOf(date);
        const found = calendar.nthWorkingDay(period, n);
        expect(calendar.isWorkingDay(found)).toBe(true);
        expect(found >= `${period}-01`).toBe(true);
        expect(calendar.nthWorkingDay(period, n + 1) > found).toBe(true);
        expect(calendar.workingDaysBetween(`${period}-01`, found)).toBe(n - 1);
      }),
      runs,
    );
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses n = %p', (n) => {
    expect(() => calendar.nthWorkingDay('2026-10', n)).toThrow(RangeError);
  });
});

describe('adding working days', () => {
  test('a deadline of five working days from Friday 2026-10-09 is Thursday, as Saturday the 10th is worked', () => {
    expect(calendar.addWorkingDays('2026-10-09', 5)).toBe('2026-10-15');
  });

  test('going forth and back from a working day ends on it', () => {
    fc.assert(
      fc.property(day, amount, (date, n) => {
        const start = calendar.addWorkingDays(date, 1);
        expect(calendar.addWorkingDays(calendar.addWorkingDays(start, n), -n)).toBe(start);
      }),
      runs,
    );
  });

  test('moves by as many working days as are counted between', () => {
    fc.assert(
      fc.property(day, amount, (date, n) => {
        const start = calendar.addWorkingDays(date, 1);
        expect(calendar.workingDaysBetween(start, calendar.addWorkingDays(start, n))).toBe(n);
      }),
      runs,
    );
  });

  test('a later start never ends earlier', () => {
    fc.assert(
      fc.property(day, amount, (date, n) => {
        const sooner = calendar.addWorkingDays(date, n);
        expect(calendar.addWorkingDays(addDays(date, 1), n) >= sooner).toBe(true);
      }),
      runs,
    );
  });

  test('refuses a part of a day', () => {
    expect(() => calendar.addWorkingDays('2026-10-09', 0.5)).toThrow(RangeError);
  });
});

describe('counting working days', () => {
  test('is half-open, adds up over a split and changes sign with its direction', () => {
    expect(calendar.workingDaysBetween('2026-10-08', '2026-10-08')).toBe(0);
    expect(calendar.workingDaysBetween('2026-10-08', '2026-10-09')).toBe(1);
    fc.assert(
      fc.property(soon, soon, soon, (a, b, c) => {
        const [ab, bc, ac] = [
          calendar.workingDaysBetween(a, b),
          calendar.workingDaysBetween(b, c),
          calendar.workingDaysBetween(a, c),
        ];
        expect(ab + bc).toBe(ac);
        expect(calendar.workingDaysBetween(b, a)).toBe(0 - ab);
      }),
      runs,
    );
  });
});

describe('a year nobody has entered', () => {
  test('is reported as missing and takes Monday to Friday', () => {
    expect(calendar.hasYear(2026)).toBe(true);
    expect(calendar.hasYear(2027)).toBe(false);
    expect(calendar.missingYears('2025-12-31', '2028-01-01')).toEqual([2027, 2028]);
    expect(calendar.missingYears('2026-02-01', '2026-01-01')).toEqual([]);
    expect(calendar.isWorkingDay('2027-01-01')).toBe(true);
    expect(calendar.isWorkingDay('2027-01-02')).toBe(false);
  });
});
