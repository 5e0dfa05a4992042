import { addDays, isCalendarDate } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { Holiday } from './calendar-year.ts';

/** A line that cannot be read; `code` is a key of `calendar:fault`. `line` counts from 1. */
export interface LineFault {
  readonly line: number;
  readonly code: 'line' | 'range' | 'no_name';
}

/** Days read from typed lines, each with the line it came from. */
export interface ReadDays {
  readonly days: readonly (Holiday & { readonly line: number })[];
  readonly faults: readonly LineFault[];
}

const day = String.raw`(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?`;
const pattern = new RegExp(
  String.raw`^${day}(?:\s*(?:~|～|至|到|—+|–|to)\s*(?:${day}|(\d{1,2})\s*日?))?[\s,，、:：]*(.*)$`,
  'u',
);
/** The longest holiday is nine days; a longer range is a slip of the pen. */
const longestRange = 31;

const two = (text: string | undefined): string => (text ?? '').padStart(2, '0');

function rangeOf(match: RegExpExecArray, year: number): readonly [CalendarDate, CalendarDate] {
  const [, y1, m1, d1, y2, m2, d2, onlyDay] = match;
  const first = `${y1 ?? year}-${two(m1)}-${two(d1)}`;
  if (onlyDay !== undefined) return [first, `${first.slice(0, 8)}${two(onlyDay)}`];
  return [first, m2 === undefined ? first : `${y2 ?? first.slice(0, 4)}-${two(m2)}-${two(d2)}`];
}

function readLine(text: string, year: number, named: boolean): readonly Holiday[] | LineFault['code'] {
  const match = pattern.exec(text);
  if (!match) return 'line';
  const [first, last] = rangeOf(match, year);
  const name = (match[8] ?? '').trim();
  if (!isCalendarDate(first) || !isCalendarDate(last)) return 'line';
  if (last < first || last >= addDays(first, longestRange)) return 'range';
  if (named && name === '') return 'no_name';
  const dates: CalendarDate[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) dates.push(date);
  return dates.map((date) => ({ date, name }));
}

/**
 * Reads days as people type or paste them, a day or a range a line: `2027-02-05 春节`, `2027-02-05~2027-02-11 春节`,
 * `2月5日至11日 春节`, `2/5`. A day without a year is of `year`; empty lines do not matter; with `named` each line needs a name.
 */
export function readDays(text: string, year: number, named: boolean): ReadDays {
  const days: (Holiday & { line: number })[] = [];
  const faults: LineFault[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    if (raw.trim() === '') continue;
    const read = readLine(raw.trim(), year, named);
    if (typeof read === 'string') faults.push({ line, code: read });
    else days.push(...read.map(({ date, name }) => ({ date, name, line })));
  }
  return { days, faults };
}

/** Days as `readDays` reads them: neighbours of one name in one line, in order. */
export function writeDays(days: readonly Holiday[]): string {
  const ranges: { first: CalendarDate; last: CalendarDate; name: string }[] = [];
  for (const { date, name } of days.toSorted((a, b) => (a.date < b.date ? -1 : 1))) {
    const open = ranges.at(-1);
    if (open && open.name === name && addDays(open.last, 1) === date) open.last = date;
    else ranges.push({ first: date, last: date, name });
  }
  return ranges
    .map(({ first, last, name }) => `${first === last ? first : `${first}~${last}`} ${name}`.trim())
    .join('\n');
}
