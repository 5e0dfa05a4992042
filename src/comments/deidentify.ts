import { wordsOf } from './deidentification-rules.ts';
import type { DeidentificationRules, RemovedKind } from './deidentification-rules.ts';
import { findDate } from './find-dates.ts';
import { findHonorific, findPatientName, findStaffName, findStaffTitle } from './find-names.ts';
import { findAnnouncedNumber, findEmail, findNumber, findPlate } from './find-numbers.ts';
import { findAddress, findAge, findBed, findRoom } from './find-places.ts';
import type { Finder, FindingContext, Found } from './finder.ts';
import { readText } from './reading.ts';
import type { Reading } from './reading.ts';

/** A part of the original: kept (`kind` null) or taken out. In order they make up the whole text. */
export interface TextPart {
  readonly kind: RemovedKind | null;
  readonly text: string;
}

/** A text with everything the rules find taken out. */
export interface Deidentified {
  /** The proposal: tokens such as 【电话】 in the place of what was taken out. */
  readonly text: string;
  readonly parts: readonly TextPart[];
  /** How many characters the rules looked at. */
  readonly steps: number;
}

/** Who works here, and whether their names stay. */
export interface StaffNames {
  /** Full names, of the department and of the hospital. */
  readonly names: readonly string[];
  /** In praise the names stay: that is what they are for. */
  readonly keep: boolean;
}

/** In this order at each place: a day before a phone number, whose first digits it may be. */
const finders: readonly Finder[] = [
  findAnnouncedNumber,
  findPatientName,
  findAddress,
  findBed,
  findRoom,
  findAge,
  findDate,
  findNumber,
  findEmail,
  findPlate,
  findStaffName,
  findStaffTitle,
  findHonorific,
];

/** Names are looked up at every place of a text: a longer one is left to the office. */
const longestName = 12;

function contextOf(rules: DeidentificationRules, { names, keep }: StaffNames): FindingContext {
  const staffNames = names.filter((name) => Array.from(name).length >= 2 && name.length <= longestName);
  return {
    rules,
    staffNames: wordsOf(staffNames),
    staffSurnames: new Set(staffNames.map((name) => Array.from(name)[0] ?? '')),
    keepStaffNames: keep,
  };
}

/** Makes the rules ready for one register of staff; the same text then always gives the same proposal. */
export function createDeidentify(
  rules: DeidentificationRules,
  staff: StaffNames,
): (text: string) => Deidentified {
  const context = contextOf(rules, staff);
  return (text) => {
    const reading = readText(text);
    const found: Found[] = [];
    let place = 0;
    let free = 0;
    while (place < reading.length) {
      const next = firstAt(place, free);
      if (next) found.push(next);
      free = next?.end ?? free;
      place = Math.max(place + 1, free);
    }
    const parts = partsOf(text, reading, found);
    const proposal = parts.map(({ kind, text: part }) => (kind === null ? part : rules.tokens[kind]));
    return { text: proposal.join(''), parts, steps: reading.steps() };

    function firstAt(at: number, from: number): Found | null {
      for (const find of finders) {
        const hit = find(reading, at, context);
        if (hit && hit.start >= from && hit.end > hit.start) return hit;
      }
      return null;
    }
  };
}

function partsOf(text: string, reading: Reading, found: readonly Found[]): readonly TextPart[] {
  const parts: TextPart[] = [];
  let place = 0;
  for (const { kind, ...stretch } of found) {
    const { start, end } = reading.originalOf(stretch.start, stretch.end);
    if (start > place) parts.push({ kind: null, text: text.slice(place, start) });
    parts.push({ kind, text: text.slice(start, end) });
    place = end;
  }
  if (place < text.length) parts.push({ kind: null, text: text.slice(place) });
  return parts;
}
