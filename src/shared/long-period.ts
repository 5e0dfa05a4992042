import { DomainError } from './domain-error.ts';
import { addMonths } from './reporting-period.ts';
import type { ReportingPeriod } from './reporting-period.ts';

/** A quarter, half-year or year of the hospital's calendar: `2026-Q4`, `2026-H2`, `2026`. */
export type LongPeriod = string;

/** How long a reporting period is. */
export type PeriodSpan = 'month' | 'quarter' | 'half-year' | 'year';

const monthsIn: Readonly<Record<PeriodSpan, number>> = { month: 1, quarter: 3, 'half-year': 6, year: 12 };

const pattern = /^(\d{4})(?:-(Q[1-4]|H[12]))?$/;

/** How long a period is; null for what is none. `2026-10` → month, `2026-Q4` → quarter, `2026` → year. */
export function spanOf(value: string): PeriodSpan | null {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(value)) return 'month';
  const part = pattern.exec(value)?.[2];
  if (!pattern.test(value)) return null;
  if (part === undefined) return 'year';
  return part.startsWith('Q') ? 'quarter' : 'half-year';
}

/** Whether a string is a quarter, half-year or year. */
export function isLongPeriod(value: string): boolean {
  const span = spanOf(value);
  return span !== null && span !== 'month';
}

/** The quarter, half-year or year as it is, or a `DomainError` `period_invalid`. */
export function parseLongPeriod(value: string): LongPeriod {
  if (isLongPeriod(value)) return value;
  throw new DomainError('invalid', 'period_invalid', 'The period must be 2026-10, 2026-Q4, 2026-H2 or 2026.');
}

/** The months of a period, oldest first: `2026-Q4` → 2026-10, 2026-11, 2026-12. Throws `period_invalid`. */
export function monthsOf(period: LongPeriod): readonly ReportingPeriod[] {
  const span = spanOf(parseLongPeriod(period)) ?? 'year';
  const [, year = '', part = 'Y1'] = pattern.exec(period) ?? [];
  const count = monthsIn[span];
  const first = addMonths(`${year}-01`, (Number(part.slice(1)) - 1) * count);
  return Array.from({ length: count }, (_, index) => addMonths(first, index));
}

/** The period of one length that a month lies in: `2026-10`, quarter → `2026-Q4`. */
export function longPeriodOf(month: ReportingPeriod, span: Exclude<PeriodSpan, 'month'>): LongPeriod {
  const [year = '', number = ''] = month.split('-');
  if (span === 'year') return year;
  return `${year}-${span === 'quarter' ? 'Q' : 'H'}${Math.ceil(Number(number) / monthsIn[span])}`;
}

/** The like period before: `2026-Q1` → `2025-Q4`. Throws `period_invalid`. */
export function previousLike(period: LongPeriod): LongPeriod {
  const span = spanOf(parseLongPeriod(period));
  const before = addMonths(monthsOf(period)[0] ?? '', -1);
  return longPeriodOf(before, span === null || span === 'month' ? 'year' : span);
}
