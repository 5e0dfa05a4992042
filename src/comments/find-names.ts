import { skipFillers, wordEnd, wordEndsAt } from './finder.ts';
import type { Finder, FindingContext } from './finder.ts';
import type { DeidentificationRules } from './deidentification-rules.ts';
import { digitOf, isAmong, isArabic, isHan } from './reading.ts';
import type { Reading } from './reading.ts';

/** End of a surname that begins at a place; null when none does. */
function surnameEnd(reading: Reading, place: number, rules: DeidentificationRules): number | null {
  return (
    wordEnd(reading, place, rules.compoundSurnames) ??
    (rules.surnames.has(reading.at(place)) ? place + 1 : null)
  );
}

/** Whether a character may belong to a given name, `second` as its second one. */
function isGiven(reading: Reading, place: number, rules: DeidentificationRules, second: boolean): boolean {
  const character = reading.at(place);
  if (!isHan(character) || rules.afterNames.has(character)) return false;
  if (second && rules.afterGivenNames.has(character)) return false;
  return [rules.afterNameWords, rules.honorifics, rules.staffTitles].every(
    (words) => wordEnd(reading, place, words) === null,
  );
}

/** End of a name of a surname and one or two characters; null for words that only begin like one: 高兴. */
function nameEnd(reading: Reading, place: number, rules: DeidentificationRules): number | null {
  const surname = surnameEnd(reading, place, rules);
  if (surname === null || wordEnd(reading, place, rules.notNames) !== null) return null;
  if (!isGiven(reading, surname, rules, false)) return null;
  return isGiven(reading, surname + 1, rules, true) ? surname + 2 : surname + 1;
}

/** Whether a bed of a patient ends right before a place: `12床`. */
function isBehindBed(reading: Reading, place: number): boolean {
  const number = reading.at(place - 2);
  return reading.at(place - 1) === '床' && (number === '号' || isArabic(number) || digitOf(number) !== null);
}

/** 患者张三, 我叫李四, 12床王建国: the name behind such a word. What a title follows is staff, what 村 follows a village. */
export const findPatientName: Finder = (reading, place, { rules }) => {
  const before = isBehindBed(reading, place) ? place : wordEnd(reading, place, rules.beforePatientNames);
  if (before === null) return null;
  const start = skipFillers(reading, before, rules);
  const end = nameEnd(reading, start, rules);
  if (end === null || isAmong('村镇乡', reading.at(end))) return null;
  return wordEnd(reading, end, rules.staffTitles) === null ? { kind: 'patientName', start, end } : null;
};

/** Whether a surname that ends at `from` goes on with a given name up to `to`. */
function isGivenName(reading: Reading, from: number, to: number, rules: DeidentificationRules): boolean {
  for (let place = from; place < to; place += 1) {
    if (!isGiven(reading, place, rules, place > from)) return false;
  }
  return true;
}

/** Start of the longest name of up to four characters that ends right before a place; null when there is none: 责任护士. */
function nameStart(reading: Reading, place: number, rules: DeidentificationRules): number | null {
  if (wordEndsAt(reading, place, rules.notNames)) return null;
  let found: number | null = null;
  for (let start = place - 1; place - start <= 4 && isHan(reading.at(start)); start -= 1) {
    const surname = surnameEnd(reading, start, rules);
    if (surname === null || surname > place || place - surname > 2) continue;
    const isWord =
      wordEnd(reading, start, rules.notNames) !== null || wordEndsAt(reading, start + 1, rules.notNames);
    if (!isWord && isGivenName(reading, surname, place, rules)) found = start;
  }
  return found;
}

/** 王先生, 李阿姨, 王建国大爷: the name before such a word. */
export const findHonorific: Finder = (reading, place, { rules }) => {
  if (wordEnd(reading, place, rules.honorifics) === null) return null;
  const start = nameStart(reading, place, rules);
  return start === null ? null : { kind: 'patientName', start, end: place };
};

/** Names of staff stay in praise when the register knows them: 张医生 when somebody is called 张. */
function isKept(name: string, { keepStaffNames, ...known }: FindingContext): boolean {
  if (!keepStaffNames) return false;
  const surname = Array.from(name)[0] ?? '';
  return Array.from(name).length === 1 ? known.staffSurnames.has(surname) : known.staffNames.has(name);
}

/** 张医生, 李秀英护士长: the name before such a word. */
export const findStaffTitle: Finder = (reading, place, context) => {
  const { rules } = context;
  if (wordEnd(reading, place, rules.staffTitles) === null) return null;
  const start = nameStart(reading, place, rules);
  if (start === null) return null;
  const name = reading.slice(start, place - start);
  return isKept(name, context) ? null : { kind: 'staffName', start, end: place };
};

/** A full name of the staff register, wherever it stands; one that is also a word, such as 高兴, only before a title. */
export const findStaffName: Finder = (reading, place, context) => {
  const end = wordEnd(reading, place, context.staffNames);
  if (end === null || context.keepStaffNames) return null;
  const isWord = wordEnd(reading, place, context.rules.notNames) !== null;
  if (isWord && wordEnd(reading, end, context.rules.staffTitles) === null) return null;
  return { kind: 'staffName', start: place, end };
};
