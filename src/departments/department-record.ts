import type { CalendarDate } from '../shared/reporting-period.ts';
import { nameOn, sameName, withName } from './dated-names.ts';
import type { DatedNames } from './dated-names.ts';
import { noDetails } from './department.ts';
import type { Department, DepartmentDraft } from './department.ts';

/** Where a department's work went, from which day on. */
export interface Merge {
  readonly into: string;
  readonly from: CalendarDate;
}

/**
 * A department with the history of its names. `active` is the switch that takes it out at once; whether it is open on a day is also
 * a matter of its days. `revision` grows by one with each change.
 */
export interface DepartmentRecord extends Omit<Department, 'name'> {
  readonly names: DatedNames;
  /** The department that took over, or null. */
  readonly merged: Merge | null;
  readonly revision: number;
}

/** What an import or a change did to a department. */
export type SaveOutcome = 'new' | 'changed' | 'unchanged';

type OpenDays = Pick<DepartmentRecord, 'active' | 'from' | 'until'>;

/** Whether a department is open on at least one of the days from `first` to `last`, both included. One switched off without a last day was never open. */
export function openWithin(
  { active, from, until }: OpenDays,
  first: CalendarDate,
  last: CalendarDate,
): boolean {
  return (active || until !== null) && (from === null || from <= last) && (until === null || until > first);
}

/** The department as it is stored, under the name of a day: what an editor edits. */
export function storedOn(record: DepartmentRecord, date: CalendarDate): Department {
  const { names, revision: _revision, merged: _merged, ...rest } = record;
  return { ...rest, name: nameOn(names, date) };
}

const lastMade = new WeakMap<DepartmentRecord, { readonly date: CalendarDate; readonly made: Department }>();

/**
 * The department as it was on a day: its name, and as `active` whether it was open. Before its first name, its first name. Every
 * answer asks for its department of today, so the last one made of a record is kept with it: neither ever changes.
 */
export function departmentOn(record: DepartmentRecord, date: CalendarDate): Department {
  const last = lastMade.get(record);
  if (last?.date === date) return last.made;
  const made = { ...storedOn(record, date), active: openWithin(record, date, date) };
  lastMade.set(record, { date, made });
  return made;
}

/** The whole of a draft: what it leaves out is as stored, or empty when nothing is stored. */
export function completed(draft: DepartmentDraft, stored: Department | null): Department {
  const { campus, nursingUnits, from, until } = stored ?? noDetails;
  return { campus, nursingUnits, from, until, ...draft };
}

/** Lists as text whose order of keys is fixed, to see whether they differ. */
const listText = {
  recipients: ({ recipients }: Department): string =>
    JSON.stringify(recipients.map(({ name, role, email, language }) => [name, role, email, language])),
  nursingUnits: ({ nursingUnits }: Department): string =>
    JSON.stringify(
      nursingUnits.map(({ code, name, active }) => [code, name['zh-Hans'], name['zh-Hant'], name.en, active]),
    ),
};

function sameCampus({ campus: a }: Department, { campus: b }: Department): boolean {
  return a === null || b === null ? a === b : sameName(a, b);
}

/** The names of the fields in which two states of a department differ. */
export function changedFields(before: Department, after: Department): readonly string[] {
  const differs = {
    name: !sameName(before.name, after.name),
    kind: before.kind !== after.kind,
    active: before.active !== after.active,
    campus: !sameCampus(before, after),
    nursingUnits: listText.nursingUnits(before) !== listText.nursingUnits(after),
    from: before.from !== after.from,
    until: before.until !== after.until,
    recipients: listText.recipients(before) !== listText.recipients(after),
  };
  return Object.entries(differs)
    .filter(([, changed]) => changed)
    .map(([field]) => field);
}

/** A department that is new on a day. Its first name counts from the day it opens, when that is earlier. */
export function newRecord(draft: DepartmentDraft, today: CalendarDate): DepartmentRecord {
  const { name, ...rest } = completed(draft, null);
  const from = rest.from !== null && rest.from < today ? rest.from : today;
  // Switched off from the start, it is not open until a last day to come.
  const until = rest.active || rest.until === null || rest.until <= today ? rest.until : today;
  return { ...rest, until, names: [{ name, from }], merged: null, revision: 1 };
}

/**
 * The day from which a changed department is closed, so that what it did before still counts: one that is switched off closes
 * on the day of the change at the latest, and one switched on again opens unless the draft names a day.
 */
function closedFrom(
  { active, until }: DepartmentRecord,
  draft: DepartmentDraft,
  after: Pick<Department, 'active' | 'from' | 'until'>,
  today: CalendarDate,
): CalendarDate | null {
  if (after.active) return !active && draft.until === undefined ? null : after.until;
  if (after.from !== null && after.from >= today) return null;
  const day = after.until ?? (active ? today : until);
  return day !== null && day > today ? today : day;
}

/** The record after a change made on a day: a new name takes force from that day, all else at once. */
export function changedRecord(
  record: DepartmentRecord,
  draft: DepartmentDraft,
  today: CalendarDate,
): DepartmentRecord {
  const { name, ...rest } = completed(draft, storedOn(record, today));
  const names = sameName(name, nameOn(record.names, today))
    ? record.names
    : withName(record.names, name, today);
  return {
    ...rest,
    until: closedFrom(record, draft, rest, today),
    names,
    merged: record.merged,
    revision: record.revision + 1,
  };
}
