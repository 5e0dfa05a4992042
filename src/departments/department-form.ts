import { isLocale, locales } from '../shared/localized-text.ts';
import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import type { Department, NursingUnit, ScorecardRecipient } from './department.ts';

/**
 * What the form of a department holds, by field: `name`, `nameHant`, `nameEn`, `campus`, `recipient-0-email`, `unit-2-code`. A box
 * that is not ticked is left out.
 */
export type TypedDepartment = Readonly<Record<string, string>>;

/** The two lists of the form. */
export type RowKind = 'recipient' | 'unit';

/** What was typed in the shape a department is validated in, and the field that a place in it came from. */
export interface ReadDepartmentForm {
  readonly value: Readonly<
    Record<'name' | 'kind' | 'campus' | 'from' | 'nursingUnits' | 'recipients', unknown>
  >;
  readonly fieldOf: (place: string) => string;
}

/** Rows in which another recipient or nursing unit can be entered. */
const spareRows = 3;
const mostRows = { recipient: 10, unit: 100 };
const suffixes: Readonly<Record<Locale, string>> = { 'zh-Hans': '', 'zh-Hant': 'Hant', en: 'En' };

const suffixOf = (locale = ''): string => (isLocale(locale) ? suffixes[locale] : '');

const typedIn = (typed: TypedDepartment, field: string): string | undefined =>
  typed[field]?.trim() || undefined;

/** The numbers of the rows of a list, in their order. */
export function rowNumbers(typed: TypedDepartment, kind: RowKind): readonly number[] {
  const found = Object.keys(typed).flatMap((field) => {
    const [list, row] = field.split('-');
    return list === kind ? [Number(row)] : [];
  });
  return [...new Set(found)].toSorted((a, b) => a - b);
}

/** Rows that hold something and are not to be removed. */
function keptRows(typed: TypedDepartment, kind: RowKind, fields: readonly string[]): readonly number[] {
  return rowNumbers(typed, kind).filter(
    (row) =>
      typed[`${kind}-${row}-remove`] === undefined &&
      fields.some((field) => typedIn(typed, `${kind}-${row}-${field}`) !== undefined),
  );
}

/** A text in the languages that were filled in; undefined when none was. */
function localizedIn(typed: TypedDepartment, field: string): object | undefined {
  const entries = Object.entries(suffixes).flatMap(([locale, suffix]) => {
    const text = typedIn(typed, `${field}${suffix}`);
    return text === undefined ? [] : [[locale, text] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Reads the form; nothing of it is judged here. */
export function readDepartmentForm(typed: TypedDepartment): ReadDepartmentForm {
  const rows = {
    recipients: keptRows(typed, 'recipient', ['name', 'email']),
    nursingUnits: keptRows(typed, 'unit', ['code', 'name', 'nameHant', 'nameEn']),
  };
  const recipients = rows.recipients.map((row) => ({
    name: typedIn(typed, `recipient-${row}-name`),
    role: typedIn(typed, `recipient-${row}-role`),
    email: typedIn(typed, `recipient-${row}-email`),
    language: typedIn(typed, `recipient-${row}-language`),
  }));
  const nursingUnits = rows.nursingUnits.map((row) => ({
    code: typedIn(typed, `unit-${row}-code`),
    name: localizedIn(typed, `unit-${row}-name`),
    active: typed[`unit-${row}-active`] !== undefined,
  }));
  const value = {
    name: localizedIn(typed, 'name'),
    kind: typedIn(typed, 'kind'),
    campus: localizedIn(typed, 'campus') ?? null,
    from: typedIn(typed, 'from') ?? null,
    recipients,
    nursingUnits,
  };
  const fieldOf = (place: string): string => {
    const [first = '', second = '', third, fourth] = place.split('/');
    if (first === 'recipients') return `recipient-${rows.recipients[Number(second)]}-${third ?? 'email'}`;
    if (first === 'nursingUnits')
      return `unit-${rows.nursingUnits[Number(second)]}-${third ?? 'code'}${suffixOf(fourth)}`;
    return `${first}${suffixOf(second)}`;
  };
  return { value, fieldOf };
}

type TypedEntry = readonly [field: string, text: string];

function localizedEntries(field: string, text: LocalizedText | null): readonly TypedEntry[] {
  return locales.map((locale) => [`${field}${suffixes[locale]}`, text?.[locale] ?? '']);
}

function recipientEntries(
  one: ScorecardRecipient | null,
  row: number,
  language: Locale,
): readonly TypedEntry[] {
  return [
    [`recipient-${row}-name`, one?.name ?? ''],
    [`recipient-${row}-role`, one?.role ?? ''],
    [`recipient-${row}-email`, one?.email ?? ''],
    [`recipient-${row}-language`, one?.language ?? language],
  ];
}

function unitEntries(unit: NursingUnit | null, row: number): readonly TypedEntry[] {
  return [
    [`unit-${row}-code`, unit?.code ?? ''],
    ...localizedEntries(`unit-${row}-name`, unit?.name ?? null),
    ...((unit?.active ?? true) ? [[`unit-${row}-active`, 'on'] as const] : []),
  ];
}

const spare = (known: number, most: number): readonly null[] =>
  Array.from({ length: Math.max(0, Math.min(spareRows, most - known)) }, () => null);

/** The form before anybody typed: what is stored of a department, or nothing, with spare rows below each list. */
export function departmentFields(
  stored:
    | (Pick<Department, 'kind' | 'campus' | 'from' | 'recipients' | 'nursingUnits'> & {
        readonly revision: number;
      })
    | null,
  language: Locale,
): TypedDepartment {
  const { kind = '', campus = null, from = null, recipients = [], nursingUnits = [] } = stored ?? {};
  const recipientRows = [...recipients, ...spare(recipients.length, mostRows.recipient)];
  const unitRows = [...nursingUnits, ...spare(nursingUnits.length, mostRows.unit)];
  return Object.fromEntries([
    ['kind', kind],
    ['from', from ?? ''],
    ...(stored ? [['revision', String(stored.revision)] as const] : []),
    ...localizedEntries('campus', campus),
    ...recipientRows.flatMap((one, row) => recipientEntries(one, row, language)),
    ...unitRows.flatMap(unitEntries),
  ] satisfies readonly TypedEntry[]);
}
