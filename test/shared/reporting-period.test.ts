import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  addDays,
  addMonths,
  daysOf,
  isCalendarDate,
  isReportingPeriod,
  parseReportingPeriod,
  periodOf,
  previousPeriod,
} from '../../src/shared/reporting-period.ts';
import { deepRuns } from '../support/deep.ts';

const part = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });
const runs = { numRuns: deepRuns(300, 30_000) };
const date = fc.integer({ min: 0, max: 73_000 }).map((days) => addDays('1950-01-01', days));

describe('a calendar date', () => {
  test.each(['2026-02-28', '2028-02-29', '2000-02-29', '2026-12-31', '2026-10-01'])('%s exists', (value) => {
    expect(isCalendarDate(value)).toBe(true);
  });

  test.each([
    '2026-02-31',
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-10-00',
    '2026-1-1',
    '2026-10-01T00:00',
    ' 2026-10-01',
    '20261001',
    '2026-10-1１',
    '',
  ])('%p is none', (value) => {
    expect(isCalendarDate(value)).toBe(false);
  });

  test('is what the Gregorian rules say, for every day and month', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2200 }), part(14), part(33), (year, month, day) => {
        const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
        const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        const exists = day >= 1 && day <= (lengths[month - 1] ?? 0);
        const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        expect(isCalendarDate(text)).toBe(exists);
      }),
      runs,
    );
  });
});

describe('a month', () => {
  test('is four digits, a dash and 01 to 12', () => {
    expect(['2026-01', '2026-12'].every(isReportingPeriod)).toBe(true);
    expect(['2026-00', '2026-13', '2026-1', '2026-10-01', '2026-Q4', ''].some(isReportingPeriod)).toBe(false);
    expect(() => parseReportingPeriod('2026-13')).toThrow(
      expect.objectContaining({ kind: 'invalid', code: 'period_invalid' }),
    );
  });

  test('crosses the year in both directions', () => {
    expect(addMonths('2026-12', 1)).toBe('2027-01');
    expect(previousPeriod('2027-01')).toBe('2026-12');
    expect(addMonths('2026-10', -22)).toBe('2024-12');
  });

  test('knows its last day in leap years too', () => {
    expect(daysOf('2026-02')).toEqual({ first: '2026-02-01', last: '2026-02-28' });
    expect(daysOf('2028-02').last).toBe('2028-02-29');
    expect(daysOf('2100-02').last).toBe('2100-02-28');
    expect(daysOf('2026-12').last).toBe('2026-12-31');
  });

  test('holds exactly the days from its first to its last', () => {
    fc.assert(
      fc.property(date, (value) => {
        const period = periodOf(value);
        const { first, last } = daysOf(period);
        expect(first <= value && value <= last).toBe(true);
        expect(periodOf(addDays(last, 1))).toBe(addMonths(period, 1));
        expect(periodOf(addDays(first, -1))).toBe(previousPeriod(period));
      }),
      runs,
    );
  });
});

describe('adding', () => {
  test('days and months goes forth and back, and keeps the order', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -5000, max: 5000 }), (value, n) => {
        expect(addDays(addDays(value, n), -n)).toBe(value);
        expect(addDays(value, n + 1) > addDays(value, n)).toBe(true);
        expect(addMonths(addMonths(periodOf(value), n), -n)).toBe(periodOf(value));
      }),
      runs,
    );
  });
});
