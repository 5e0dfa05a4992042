import type { DeidentificationRules, RemovedKind, Words } from './deidentification-rules.ts';
import { isSeparator } from './reading.ts';
import type { Reading } from './reading.ts';

/** A stretch of a reading that must go. */
export interface Found {
  readonly kind: RemovedKind;
  readonly start: number;
  readonly end: number;
}

/** What is known besides the text. */
export interface FindingContext {
  readonly rules: DeidentificationRules;
  /** Full names of the staff, and their surnames. */
  readonly staffNames: Words;
  readonly staffSurnames: ReadonlySet<string>;
  /** Whether names of staff stay: in praise. */
  readonly keepStaffNames: boolean;
}

/** Looks at one place of a text. It reads a bounded number of characters around it, whatever the text. */
export type Finder = (reading: Reading, place: number, context: FindingContext) => Found | null;

/** End of the longest word of a list that begins at a place; null when none does. */
export function wordEnd(reading: Reading, place: number, words: Words): number | null {
  if (!words.firsts.has(reading.at(place))) return null;
  for (let length = Math.min(words.longest, reading.length - place); length > 0; length -= 1) {
    if (words.has(reading.slice(place, length))) return place + length;
  }
  return null;
}

/** Whether a word of a list ends right before a place. */
export function wordEndsAt(reading: Reading, place: number, words: Words): boolean {
  if (!words.lasts.has(reading.at(place - 1))) return false;
  for (let length = Math.min(words.longest, place); length > 0; length -= 1) {
    if (words.has(reading.slice(place - length, length))) return true;
  }
  return false;
}

const mostFillers = 6;

/** Where what a word announces begins: behind 是, 号, colons and blanks. */
export function skipFillers(reading: Reading, place: number, { fillers }: DeidentificationRules): number {
  let next = place;
  while (next - place < mostFillers && (fillers.has(reading.at(next)) || isBlank(reading.at(next))))
    next += 1;
  return next;
}

/** Whether it is a mark or a blank. */
export const isBlank = (character: string): boolean => character !== '' && isSeparator(character);
