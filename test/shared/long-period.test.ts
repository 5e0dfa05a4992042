import { describe, expect, test } from '@jest/globals';
import { assert, constantFrom, integer, property } from 'fast-check';
import {
  isLongPeriod,
  longPeriodOf,
  monthsOf,
  parseLongPeriod,
  previousLike,
  spanOf,
} from '../../src/shared/long-period.ts';
import { addMonths } from '../../src/shared/reporting-period.ts';

describe('quarters, half-years and years', () => {
  test.each([
    ['2026-10', 'month'],
    ['2026-Q4', 'quarter'],
    ['2026-H2', 'half-year'],
    ['2026', 'year'],
    ['2026-Q5', null],
    ['2026-H0', null],
    ['2026-13', null],
    ['26-Q1', null],
    ['', null],
  ] as const)('%s is a %s', (period, span) => {
    expect(spanOf(period)).toBe(span);
    expect(isLongPeriod(period)).toBe(span !== null && span !== 'month');
  });

  test('hold their months and follow each other', () => {
    expect(monthsOf('2026-Q4')).toEqual(['2026-10', '2026-11', '2026-12']);
    expect([monthsOf('2026-H2')[0], monthsOf('2026-H2').at(-1)]).toEqual(['2026-07', '2026-12']);
    expect(monthsOf('2026')).toHaveLength(12);
    expect(['2026-Q1', '2026-H1', '2026'].map(previousLike)).toEqual(['2025-Q4', '2025-H2', '2025']);
  });

  test('anything else is refused', () => {
    expect(() => parseLongPeriod('2026-10')).toThrow('The period must be');
    expect(() => monthsOf('2026-Q9')).toThrow('The period must be');
  });

  test('every month lies in the period that is named after it, of every length', () => {
    assert(
      property(
        integer({ min: 0, max: 1200 }),
        constantFrom('quarter' as const, 'half-year' as const, 'year' as const),
        (offset, span) => {
          const month = addMonths('1990-01', offset);
          const period = longPeriodOf(month, span);
          expect(spanOf(period)).toBe(span);
          expect(monthsOf(period)).toContain(month);
          expect(monthsOf(previousLike(period)).at(-1)).toBe(addMonths(monthsOf(period)[0] ?? '', -1));
        },
      ),
    );
  });
});
