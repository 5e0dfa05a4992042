import { isCalendarDate } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';

const forms = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号號]?(?: ?\d.*)?$/,
  /^(\d{4})(\d{2})(\d{2})(?:\d{6})?$/,
];

/**
 * A day as spreadsheets and hospital systems write it: `2026-10-05`, `2026/10/5`, `2026.10.5`, `2026年10月5日`, `20261005`, each
 * with a time behind it or not (the time is dropped). Null for anything else, and for a day that does not exist.
 */
export function readWrittenDate(written: string): CalendarDate | null {
  const text = written.normalize('NFKC').trim();
  for (const form of forms) {
    const [, year = '', month = '', day = ''] = form.exec(text) ?? [];
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    if (isCalendarDate(date)) return date;
  }
  return null;
}
