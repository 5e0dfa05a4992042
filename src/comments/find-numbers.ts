import { isBlank, skipFillers, wordEnd } from './finder.ts';
import type { Finder, Found } from './finder.ts';
import { digitOf, isAmong, isArabic, isLetter, isSeparator } from './reading.ts';
import type { Reading } from './reading.ts';

const mostSeparators = 8;
const mostDigits = 24;

/** Digits from a place on, with marks and blanks between them. */
interface DigitRun {
  readonly values: readonly number[];
  /** Where each digit ends. */
  readonly ends: readonly number[];
}

function digitRunAt(reading: Reading, start: number, separators: number): DigitRun {
  const values: number[] = [];
  const ends: number[] = [];
  let place = start;
  let skipped = 0;
  while (values.length < mostDigits && skipped <= separators) {
    const character = reading.at(place);
    const value = digitOf(character);
    if (value !== null) {
      values.push(value);
      ends.push(place + 1);
      skipped = 0;
    } else if (character !== '' && isSeparator(character)) skipped += 1;
    else break;
    place += 1;
  }
  return { values, ends };
}

/** Where the digits that touch a place end: at most as many as any number has. */
function touchingEnd(reading: Reading, place: number): number {
  let end = place;
  while (end - place < mostDigits && digitOf(reading.at(end)) !== null) end += 1;
  return end;
}

function isDate(year: number, month: number, day: number): boolean {
  return year >= 1900 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

const numberOf = (values: readonly number[], from: number, to: number): number =>
  Number(values.slice(from, to).join(''));

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643-1999: `11010519491231002X` is right. */
function checkCharacter(values: readonly number[]): string {
  const sum = weights.reduce((total, weight, index) => total + weight * (values[index] ?? 0), 0);
  return '10X98765432'[sum % 11] ?? '';
}

/** End of 18 places with a day of birth or the right check character; the last may be an X. */
function newIdEnd(reading: Reading, { values, ends }: DigitRun): number | null {
  const seventeenth = ends[16];
  if (seventeenth === undefined) return null;
  let last = seventeenth;
  while (last - seventeenth < mostSeparators && isBlank(reading.at(last))) last += 1;
  const check = values[17]?.toString() ?? reading.at(last).toUpperCase();
  const born = isDate(numberOf(values, 6, 10), numberOf(values, 10, 12), numberOf(values, 12, 14));
  if (!/^[\dX]$/.test(check) || !(born || check === checkCharacter(values))) return null;
  return ends[17] ?? last + 1;
}

/** End of 15 places with a day of birth: a card from before 1999. */
function oldIdEnd({ values, ends }: DigitRun): number | null {
  const born = isDate(1900 + numberOf(values, 6, 8), numberOf(values, 8, 10), numberOf(values, 10, 12));
  return values.length === 15 && born ? (ends[14] ?? null) : null;
}

function idNumberAt(reading: Reading, start: number): number | null {
  const run = digitRunAt(reading, start, mostSeparators);
  const province = numberOf(run.values, 0, 2);
  return province < 11 || province > 83 ? null : (newIdEnd(reading, run) ?? oldIdEnd(run));
}

/** Eleven digits from 13… to 19…, however they are parted; with what else touches them. */
function mobileAt(reading: Reading, start: number): number | null {
  const { values, ends } = digitRunAt(reading, start, mostSeparators);
  if (values[0] !== 1 || (values[1] ?? 0) < 3) return null;
  const end = ends[10];
  return end === undefined ? null : touchingEnd(reading, end);
}

/** Where a phone number begins with +86 before it. */
function countryCodeStart(reading: Reading, place: number): number {
  const code = isBlank(reading.at(place - 1)) ? place - 1 : place;
  if (reading.slice(code - 2, 2) !== '86' || code < 2) return place;
  return reading.at(code - 3) === '+' ? code - 3 : code - 2;
}

/** `0871-65123456`, `(010) 6512 3456`, `400-810-1234`. */
function landlineAt(reading: Reading, start: number): number | null {
  const { values, ends } = digitRunAt(reading, start, 3);
  const free = numberOf(values, 0, 3) === 400 || numberOf(values, 0, 3) === 800;
  const most = free ? 10 : values[1] === 1 || values[1] === 2 ? 11 : 12;
  if (!free && values[0] !== 0) return null;
  const end = ends[Math.min(values.length, most) - 1];
  return values.length < 10 || end === undefined ? null : touchingEnd(reading, end);
}

/** Digits without anything between them: six or more, seven when they are written in Chinese; not an amount such as 100000元. */
const longNumberAt: Finder = (reading, start, { rules }) => {
  const end = touchingEnd(reading, start);
  const arabic = isArabic(reading.at(start));
  const length = end - start;
  if (length < (arabic ? 6 : 7)) return null;
  if (length < 8 && wordEnd(reading, isBlank(reading.at(end)) ? end + 1 : end, rules.units) !== null)
    return null;
  const text = reading.slice(start, 8);
  const day =
    length === 8 && isDate(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6)));
  return { kind: day ? 'date' : 'number', start, end };
};

/** Everything that is found by its digits alone. */
export const findNumber: Finder = (reading, place, context) => {
  if (digitOf(reading.at(place)) === null) return null;
  const kinds = [
    ['idNumber', idNumberAt],
    ['phone', mobileAt],
    ['phone', landlineAt],
  ] as const;
  for (const [kind, find] of kinds) {
    const end = find(reading, place);
    if (end !== null)
      return { kind, start: kind === 'phone' ? countryCodeStart(reading, place) : place, end };
  }
  return longNumberAt(reading, place, context);
};

/** A token of letters, digits and marks such as `wx_2026` or `ZY-0012`, from a place on. */
function tokenEnd(reading: Reading, start: number, shortest: number): number | null {
  let end = start;
  let digits = 0;
  while (end - start < mostDigits) {
    const character = reading.at(end);
    if (!(isArabic(character) || isLetter(character) || (end > start && isAmong('_-', character)))) break;
    if (isArabic(character)) digits += 1;
    end += 1;
  }
  return end - start >= shortest && digits > 0 ? end : null;
}

function announced(found: Omit<Found, 'end'>, end: number | null): Found | null {
  return end === null ? null : { ...found, end };
}

/** Numbers that a word announces: 电话 65123456, 住院号 ZY0012, 微信 abc_12345. */
export const findAnnouncedNumber: Finder = (reading, place, { rules }) => {
  const behind = (end: number): number => skipFillers(reading, end, rules);
  const phone = wordEnd(reading, place, rules.beforePhones);
  if (phone !== null) {
    const start = behind(phone);
    const { values, ends } = digitRunAt(reading, start, 3);
    if (values.length >= 7) return { kind: 'phone', start, end: touchingEnd(reading, ends.at(-1) ?? start) };
  }
  const record = wordEnd(reading, place, rules.beforeRecordNumbers);
  if (record !== null) {
    const start = behind(record);
    const chinese = touchingEnd(reading, start);
    const end = tokenEnd(reading, start, 3) ?? (chinese - start >= 3 ? chinese : null);
    return announced({ kind: 'recordNumber', start }, end);
  }
  const account = wordEnd(reading, place, rules.beforeAccounts);
  if (account === null) return null;
  const start = behind(account);
  return announced({ kind: 'account', start }, accountEnd(reading, start));
};

/** An account may be of letters alone, when there are six of them. */
function accountEnd(reading: Reading, start: number): number | null {
  const withDigits = tokenEnd(reading, start, 5);
  if (withDigits !== null) return withDigits;
  let end = start;
  while (end - start < mostDigits && (isLetter(reading.at(end)) || isAmong('_-', reading.at(end)))) end += 1;
  return end - start >= 6 ? end : null;
}

const isLocalPart = (character: string): boolean => /^[\w.%+-]$/.test(character);
const isHostPart = (character: string): boolean => /^[\w.-]$/.test(character);

/** An e-mail address, found at its @. */
export const findEmail: Finder = (reading, place) => {
  if (reading.at(place) !== '@') return null;
  let start = place;
  while (place - start < 64 && isLocalPart(reading.at(start - 1))) start -= 1;
  let end = place + 1;
  while (end - place < 64 && isHostPart(reading.at(end))) end += 1;
  const host = reading.slice(place + 1, end - place - 1);
  return start < place && host.includes('.') ? { kind: 'email', start, end } : null;
};

/** A number plate: 云A12345, 粤B·D12345. */
export const findPlate: Finder = (reading, place, { rules }) => {
  if (!rules.plateProvinces.has(reading.at(place)) || !/^[A-HJ-NP-Z]$/i.test(reading.at(place + 1)))
    return null;
  const start = place + (isBlank(reading.at(place + 2)) ? 3 : 2);
  let end = start;
  while (end - start < 6 && /^[A-HJ-NP-Z\d]$/i.test(reading.at(end))) end += 1;
  return end - start >= 5 ? { kind: 'plate', start: place, end } : null;
};
