import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { calendarFaults } from '../../src/calendar/calendar-faults.ts';
import { missingYears } from '../../src/calendar/missing-years.ts';
import { createWorkingCalendar } from '../../src/calendar/working-days.ts';
import type { CalendarYear } from '../../src/calendar/calendar-year.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { addDays } from '../../src/shared/reporting-period.ts';

const folder = join(projectRoot(), 'config/calendar');
const years = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as CalendarYear,
);
const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', {
  month: 'numeric',
  day: 'numeric',
  timeZone: 'UTC',
});

/** Month and day of the lunar calendar, `1/1` for 初一. */
const lunarDay = (date: string): string => lunar.format(new Date(`${date}T00:00:00Z`));

describe('the shipped years', () => {
  test.each(years)(
    '$year: 除夕, 初一 and 初二 are quiet, as the lunar calendar has them',
    ({ year, quietDays }) => {
      const days = Array.from({ length: 90 }, (_, n) => addDays(`${year}-01-01`, n));
      const newYear = days.find((date) => lunarDay(date) === '1/1') ?? '';

      expect(quietDays).toEqual([addDays(newYear, -1), newYear, addDays(newYear, 1)]);
    },
  );

  test.each(years)('$year passes what the office’s own entries must pass', ({ year, ...content }) => {
    expect(calendarFaults(year, content)).toEqual([]);
  });
});

const holiday = (date: string): { date: string; name: string } => ({ date, name: '节' });

test('every fault of a year is found, at its entry', () => {
  expect(
    calendarFaults(2027, {
      source: 'x',
      holidays: [holiday('2027-01-01'), holiday('2027-01-01'), holiday('2027-02-30'), holiday('2026-12-31')],
      workingDays: ['2027-01-01', '2027-01-04', '2027-01-09'],
      quietDays: ['x'],
    }).map(({ list, index, code }) => `${list} ${index} ${code}`),
  ).toEqual([
    'holidays 1 twice',
    'holidays 2 date',
    'holidays 3 other_year',
    'workingDays 0 both',
    'workingDays 1 not_weekend',
    'quietDays 0 date',
  ]);
});

test('next year is missed from the day of the alarm on, the running year always', () => {
  const calendar = createWorkingCalendar(years);
  const on = (today: string): readonly number[] => missingYears(calendar, today, '11-01');

  expect(['2025-11-30', '2026-10-31', '2026-11-01', '2026-12-31', '2027-01-01'].map(on)).toEqual([
    [],
    [],
    [2027],
    [2027],
    [2027],
  ]);
  expect(on('2027-11-01')).toEqual([2027, 2028]);
});
