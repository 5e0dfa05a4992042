import type { LocalizedText } from '../shared/localized-text.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';

/** What a department was called from a day on. */
export interface DatedName {
  readonly name: LocalizedText;
  readonly from: CalendarDate;
}

/** The history of a department's names, oldest first, never empty. */
export type DatedNames = readonly [DatedName, ...DatedName[]];

/** Whether two names are the same in every language. */
export function sameName(a: LocalizedText, b: LocalizedText): boolean {
  return a['zh-Hans'] === b['zh-Hans'] && a['zh-Hant'] === b['zh-Hant'] && a.en === b.en;
}

/** The name in force on a day; before the first name, the first. */
export function nameOn(names: DatedNames, date: CalendarDate): LocalizedText {
  return (names.findLast(({ from }) => from <= date) ?? names[0]).name;
}

/**
 * The history after a name took force on a day: earlier names stay for earlier days, later ones for later days, and one of the same
 * day gives way. What changes nothing leaves no trace.
 */
export function withName(names: DatedNames, name: LocalizedText, from: CalendarDate): DatedNames {
  const earlier = names.filter((dated) => dated.from < from);
  const later = names.filter((dated) => dated.from > from);
  const first = earlier[0] ?? { name, from: names[0].from < from ? names[0].from : from };
  const rest = earlier.length === 0 ? later : [...earlier.slice(1), { name, from }, ...later];
  const kept: [DatedName, ...DatedName[]] = [first];
  for (const dated of rest) {
    const latest = kept.at(-1) ?? first;
    if (!sameName(latest.name, dated.name)) kept.push(dated);
  }
  return kept;
}
