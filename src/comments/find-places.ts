import { isBlank, skipFillers, wordEnd, wordEndsAt } from './finder.ts';
import type { Finder } from './finder.ts';
import { isAmong, isArabic, isHan, isLetter, numeralAt } from './reading.ts';
import type { Reading } from './reading.ts';

/** A number with what may stand before and behind it: `加12`, `A12`, `12-3`, `12号`. */
function placeNumberAt(reading: Reading, start: number): number | null {
  let place = start;
  if (isAmong('加+', reading.at(place))) place += 1;
  while (place - start < 3 && isLetter(reading.at(place))) place += 1;
  const first = numeralAt(reading, place);
  if (first === null) return null;
  const second = reading.at(first.end) === '-' ? numeralAt(reading, first.end + 1) : null;
  const end = second?.end ?? first.end;
  return reading.at(end) === '号' ? end + 1 : end;
}

/** 12床, 三床, 加1床, 12号床, 床号12; not 床位 and not 一床被子. */
export const findBed: Finder = (reading, place, { rules }) => {
  const announced = wordEnd(reading, place, rules.beforeBeds);
  if (announced !== null) {
    const start = skipFillers(reading, announced, rules);
    const end = placeNumberAt(reading, start);
    if (end !== null) return { kind: 'bed', start, end };
  }
  if (isArabic(reading.at(place - 1))) return null;
  const end = placeNumberAt(reading, place);
  if (end === null) return null;
  const bed = isBlank(reading.at(end)) ? end + 1 : end;
  if (reading.at(bed) !== '床' || wordEnd(reading, bed + 1, rules.notAfterBed) !== null) return null;
  return { kind: 'bed', start: place, end: bed + 1 };
};

/** 305房, 12病房, 306号房间: the number with its word. */
export const findRoom: Finder = (reading, place, { rules }) => {
  if (isArabic(reading.at(place - 1)) || !(isArabic(reading.at(place)) || isLetter(reading.at(place))))
    return null;
  const end = placeNumberAt(reading, place);
  const word =
    end === null ? null : wordEnd(reading, isBlank(reading.at(end)) ? end + 1 : end, rules.roomWords);
  return word === null ? null : { kind: 'room', start: place, end: word };
};

/** 78岁, 七十八岁, 80多岁. */
export const findAge: Finder = (reading, place) => {
  if (isArabic(reading.at(place - 1))) return null;
  const age = numeralAt(reading, place);
  if (age === null) return null;
  let end = age.end;
  if (isAmong('多几来', reading.at(end))) end += 1;
  if (reading.at(end) === '周') end += 1;
  return reading.at(end) === '岁' ? { kind: 'age', start: place, end: end + 1 } : null;
};

const longestAddress = 30;

/** What 家住 or 地址 announces, up to the last 村, 路, 号 … in the same stretch of words. */
const announcedAddress: Finder = (reading, place, { rules }) => {
  const announced = wordEnd(reading, place, rules.beforeAddresses);
  if (announced === null) return null;
  const start = skipFillers(reading, announced, rules);
  let end: number | null = null;
  for (let next = start; next - start < longestAddress && next < reading.length;) {
    if (isBlank(reading.at(next))) break;
    const part = wordEnd(reading, next, rules.addressEnds);
    if (part !== null) end = part;
    next = part ?? next + 1;
  }
  return end === null ? null : { kind: 'address', start, end };
};

/** 王家村, 青山镇: the word with up to three characters before it. */
const village: Finder = (reading, place, { rules }) => {
  const character = reading.at(place);
  if (!isAmong('村镇乡', character)) return null;
  if (wordEndsAt(reading, place + 1, rules.notVillages)) return null;
  if (wordEnd(reading, place + 1, rules.notAfterVillage) !== null) return null;
  let start = place;
  while (
    place - start < 3 &&
    isHan(reading.at(start - 1)) &&
    !rules.beforeVillages.has(reading.at(start - 1))
  ) {
    start -= 1;
  }
  return start === place ? null : { kind: 'address', start, end: place + 1 };
};

/** Where somebody lives. */
export const findAddress: Finder = (reading, place, context) =>
  announcedAddress(reading, place, context) ?? village(reading, place, context);
