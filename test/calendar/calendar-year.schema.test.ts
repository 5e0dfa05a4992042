import { describe, expect, test } from '@jest/globals';
import { checkCalendarYear } from '../../src/calendar/calendar-year.schema.ts';

const year = {
  year: 2027,
  source: '国务院办公厅关于2027年部分节假日安排的通知',
  holidays: [{ date: '2027-01-01', name: '元旦' }],
  workingDays: ['2027-01-09'],
};

describe("a year's file", () => {
  test('is taken when every date exists and lies in the year or the December before', () => {
    const value = { ...year, holidays: [{ date: '2026-12-31', name: '元旦' }, ...year.holidays] };

    expect(checkCalendarYear(value)).toEqual({ year: { ...value, quietDays: [] } });
  });

  test.each([
    ['a day that does not exist', { ...year, workingDays: ['2027-02-31'] }, 'workingDays[0]'],
    ['a date of another year', { ...year, workingDays: ['2028-01-08'] }, 'lie in the year'],
    ['a date both off and worked', { ...year, workingDays: ['2027-01-01'] }, 'both'],
    ['a date twice', { ...year, workingDays: ['2027-01-09', '2027-01-09'] }, 'duplicate'],
    ['a holiday without a name', { ...year, holidays: [{ date: '2027-01-01' }] }, 'holidays[0].name'],
    ['an unknown field', { ...year, holiday: [] }, 'holiday'],
    ['what is no JSON', undefined, 'required'],
  ])('is refused for %s, with the place', (_what, value, place) => {
    const checked = checkCalendarYear(value);

    expect('problems' in checked ? checked.problems.join(' ') : '').toContain(place);
  });

  test('names all faults at once', () => {
    const checked = checkCalendarYear({ ...year, source: '', workingDays: ['x', 'y'] });

    expect('problems' in checked ? checked.problems : []).toHaveLength(3);
  });
});
