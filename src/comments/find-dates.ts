import { isBlank, wordEnd } from './finder.ts';
import type { Finder } from './finder.ts';
import { isAmong, isArabic, numeralAt } from './reading.ts';
import type { Reading } from './reading.ts';

const isMonth = (value: number): boolean => value >= 1 && value <= 12;
const isDay = (value: number): boolean => value >= 1 && value <= 31;

const skipBlank = (reading: Reading, place: number): number =>
  reading.at(place) === ' ' ? place + 1 : place;

/** The end of a number and the word behind it, blanks between them or not. */
function numberWith(
  reading: Reading,
  start: number,
  word: string,
  fits: (value: number) => boolean,
): number | null {
  const numeral = numeralAt(reading, skipBlank(reading, start));
  if (numeral === null || !fits(numeral.value)) return null;
  const place = skipBlank(reading, numeral.end);
  const character = reading.at(place);
  return isAmong(word, character) ? place + 1 : null;
}

/** 2026年3月5日, 3月5号. A month alone is no date: 5月份. */
function dayOfMonth(reading: Reading, start: number): number | null {
  const year = numberWith(reading, start, '年', (value) => value < 2200);
  const month = numberWith(reading, year ?? start, '月', isMonth);
  return month === null ? null : numberWith(reading, month, '日号', isDay);
}

const isYear = (value: number): boolean => value >= 1900 && value <= 2100;

/** 2026-03-05, 2026/3/5, 2026.3.5. */
function writtenDate(reading: Reading, start: number): number | null {
  const year = numeralAt(reading, start);
  if (year === null || !isYear(year.value)) return null;
  const mark = reading.at(year.end);
  const month = isAmong('-/.', mark) ? numeralAt(reading, year.end + 1) : null;
  if (month === null || !isMonth(month.value) || reading.at(month.end) !== mark) return null;
  const day = numeralAt(reading, month.end + 1);
  return day !== null && isDay(day.value) ? day.end : null;
}

/** 3.5号. */
function shortDate(reading: Reading, start: number): number | null {
  const month = numeralAt(reading, start);
  if (month === null || !isMonth(month.value) || reading.at(month.end) !== '.') return null;
  return numberWith(reading, month.end + 1, '日号', isDay);
}

/** 腊月二十三, 正月初五, 八月初八. */
function lunarDay(reading: Reading, start: number): number | null {
  const named = isAmong('正冬腊', reading.at(start)) && reading.at(start + 1) === '月';
  const month = named ? start + 2 : numberWith(reading, start, '月', isMonth);
  if (month === null) return null;
  const early = reading.at(month) === '初';
  const day = named || early ? numeralAt(reading, early ? month + 1 : month) : null;
  if (day === null || !isDay(day.value)) return null;
  return isAmong('日号', reading.at(day.end)) ? day.end + 1 : day.end;
}

/** A day of the calendar. What is relative (昨天), a weekday and a time of day stay: they tell the department what to mend. */
export const findDate: Finder = (reading, place, { rules }) => {
  if (isArabic(reading.at(place - 1))) return null;
  const end = [dayOfMonth, writtenDate, shortDate, lunarDay]
    .map((read) => read(reading, place))
    .find((found) => found !== null);
  if (end !== undefined && end !== null) return { kind: 'date', start: place, end };
  const day = numberWith(reading, place, '号日', isDay);
  if (day === null || isBlank(reading.at(place))) return null;
  return wordEnd(reading, day, rules.afterDays) === null ? null : { kind: 'date', start: place, end: day };
};
