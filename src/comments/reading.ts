/** A text as the rules read it: code points after NFKC, without invisible characters, each with its place in the original. */
export interface Reading {
  readonly length: number;
  /** The character at a place; '' beyond the ends. */
  readonly at: (place: number) => string;
  /** Up to `length` characters from a place on. */
  readonly slice: (place: number, length: number) => string;
  /** The part of the original that a stretch of the reading stands for. */
  readonly originalOf: (start: number, end: number) => { readonly start: number; readonly end: number };
  /** How many characters were looked at: shows that the work grows with the text and no faster. */
  readonly steps: () => number;
}

/** Reads a text. `１３８` is read as `138`, and a zero-width space inside a number as nothing. */
export function readText(text: string): Reading {
  const characters: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let place = 0;
  for (const original of text) {
    const end = place + original.length;
    if (!/\p{Default_Ignorable_Code_Point}/u.test(original)) {
      for (const character of original.normalize('NFKC')) {
        characters.push(character);
        starts.push(place);
        ends.push(end);
      }
    }
    place = end;
  }
  let steps = 0;
  return {
    length: characters.length,
    at: (index) => {
      steps += 1;
      return characters[index] ?? '';
    },
    slice: (index, length) => {
      steps += length;
      return characters.slice(Math.max(index, 0), Math.max(index, 0) + length).join('');
    },
    originalOf: (start, end) => ({ start: starts[start] ?? 0, end: ends[end - 1] ?? 0 }),
    steps: () => steps,
  };
}

const digitCharacters = new Map(
  ['0零〇○', '1一壹幺', '2二贰', '3三叁', '4四肆', '5五伍', '6六陆', '7七柒', '8八捌', '9九玖'].flatMap(
    (row, value) => Array.from(row, (character) => [character, value] as const),
  ),
);

/** The value of a digit, also of 三 and 〇; null for anything else. */
export function digitOf(character: string): number | null {
  return digitCharacters.get(character) ?? null;
}

/** Whether it is one of `0` to `9`. */
export const isArabic = (character: string): boolean => character >= '0' && character <= '9';

/** Whether it is a Latin letter. */
export const isLetter = (character: string): boolean => /^[A-Za-z]$/.test(character);

/** Whether it is a Chinese character. */
export const isHan = (character: string): boolean => /^\p{Script=Han}$/u.test(character);

/** Whether it is one of the characters of a text. */
export const isAmong = (characters: string, character: string): boolean =>
  character !== '' && characters.includes(character);

/** Whether people put it between digits: a space, a line break, a mark, a symbol. */
export const isSeparator = (character: string): boolean => /^[\s\p{P}\p{S}]$/u.test(character);

/** A whole number as people write it, `12` or 十二, and where it ends; null when there is none. */
export function numeralAt(reading: Reading, start: number): { value: number; end: number } | null {
  let end = start;
  while (end - start < 4 && isArabic(reading.at(end))) end += 1;
  if (end > start) return { value: Number(reading.slice(start, end - start)), end };
  while (end - start < 6 && isChineseNumeral(reading.at(end))) end += 1;
  return end === start ? null : { value: chineseValue(reading.slice(start, end - start)), end };
}

const isChineseNumeral = (character: string): boolean =>
  isAmong('十百廿卅', character) || (digitOf(character) !== null && isHan(character));

const multipliers: Readonly<Record<string, number>> = { 十: 10, 廿: 20, 卅: 30, 百: 100 };

/** 十二 → 12, 二十 → 20, 廿三 → 23, 二〇二六 → 2026. */
function chineseValue(text: string): number {
  let total = 0;
  let digits = '';
  for (const character of text) {
    const multiplier = multipliers[character];
    if (multiplier === undefined) digits += digitOf(character) ?? '';
    else {
      total += (character === '十' || character === '百' ? Number(digits || '1') : 1) * multiplier;
      digits = '';
    }
  }
  return total + Number(digits);
}
