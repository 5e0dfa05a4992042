import type { LocalizedText } from '../shared/localized-text.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { Department } from './department.ts';

/** What a department was called from a day on. */
export interface DatedName {
  readonly name: LocalizedText;
  readonly from: CalendarDate;
}

/** A department with the history of its names, oldest first, never empty. `revision` grows by one with each change. */
export interface DepartmentRecord extends Omit<Department, 'name'> {
  readonly names: readonly [DatedName, ...DatedName[]];
  readonly revision: number;
}

/** What an import or a change did to a department. */
export type SaveOutcome = 'new' | 'changed' | 'unchanged';

/** The department as it was called on a day; before its first name, by its first name. */
export function departmentOn(record: DepartmentRecord, date: CalendarDate): Department {
  const { names, revision: _revision, ...rest } = record;
  const inForce = names.findLast(({ from }) => from <= date) ?? names[0];
  return { ...rest, name: inForce.name };
}

const sameName = (a: LocalizedText, b: LocalizedText): boolean =>
  a['zh-Hans'] === b['zh-Hans'] && a['zh-Hant'] === b['zh-Hant'] && a.en === b.en;

const recipientsText = ({ recipients }: Pick<Department, 'recipients'>): string =>
  JSON.stringify(recipients.map(({ name, role, email, language }) => [name, role, email, language]));

/** The names of the fields in which two states of a department differ. */
export function changedFields(before: Department, after: Department): readonly string[] {
  const differs = {
    name: !sameName(before.name, after.name),
    kind: before.kind !== after.kind,
    active: before.active !== after.active,
    recipients: recipientsText(before) !== recipientsText(after),
  };
  return Object.entries(differs)
    .filter(([, changed]) => changed)
    .map(([field]) => field);
}

/** A department that is new on a day. */
export function newRecord(department: Department, today: CalendarDate): DepartmentRecord {
  const { name, ...rest } = department;
  return { ...rest, names: [{ name, from: today }], revision: 1 };
}

/**
 * The record after a change made on a day: a new name takes force from that day, earlier names stay for earlier days, and a second change
 * of name on the same day replaces the first.
 */
export function changedRecord(
  record: DepartmentRecord,
  department: Department,
  today: CalendarDate,
): DepartmentRecord {
  const { name, ...rest } = department;
  const [first, ...others] = record.names.filter(({ from }) => from < today);
  const latest = others.at(-1) ?? first;
  const revision = record.revision + 1;
  if (!first || !latest) {
    return { ...rest, names: [{ name, from: record.names[0].from }], revision };
  }
  const later = sameName(latest.name, name) ? others : [...others, { name, from: today }];
  return { ...rest, names: [first, ...later], revision };
}
