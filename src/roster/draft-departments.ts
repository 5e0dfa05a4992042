import { departmentKinds, noDetails, recipientRoles } from '../departments/department.ts';
import type { Department, NursingUnit } from '../departments/department.ts';
import { locales } from '../shared/localized-text.ts';
import type { LocalizedText } from '../shared/localized-text.ts';
import type { RosterRow } from './read-roster.ts';
import type { RosterCells } from './roster-rows.ts';
import { codeOfWord } from './roster-sheets.ts';

/** A department as the file wants it, and which row each part came from: pointer of the part → row. */
export interface DraftDepartment {
  readonly department: Department;
  readonly places: ReadonlyMap<string, RosterRow>;
}

/** The departments a file touches, and the rows that name a department nobody knows. */
export interface DraftedDepartments {
  readonly drafts: readonly DraftDepartment[];
  readonly homeless: readonly RosterRow[];
}

interface Working {
  department: Department;
  readonly places: Map<string, RosterRow>;
}

const cell = (cells: RosterCells, key: string): string => cells[key] ?? '';

const codeIn = (cells: RosterCells, key: string): string => codeOfWord(key, cell(cells, key));

/** The name in the languages the row has columns for; in the others as it was. */
function nameOf(cells: RosterCells, known: LocalizedText | undefined): LocalizedText {
  const hant = cells['nameHant'] ?? known?.['zh-Hant'] ?? '';
  const en = cells['nameEn'] ?? known?.en ?? '';
  return {
    'zh-Hans': cell(cells, 'name'),
    ...(hant === '' ? {} : { 'zh-Hant': hant }),
    ...(en === '' ? {} : { en }),
  };
}

const activeOf = (cells: RosterCells, known: boolean | undefined): boolean =>
  cells['active'] === undefined ? (known ?? true) : codeIn(cells, 'active') !== 'false';

/** A day as its column says; without the column as it was. */
const dayOf = (cells: RosterCells, key: 'from' | 'until', known: string | null | undefined): string | null =>
  cells[key] === undefined ? (known ?? null) : cells[key] || null;

function campusOf(cells: RosterCells, known: LocalizedText | null): LocalizedText | null {
  const { campus } = cells;
  if (campus === undefined || campus === known?.['zh-Hans']) return known;
  return campus === '' ? null : { 'zh-Hans': campus };
}

function withBase(stored: Department | undefined, cells: RosterCells): Department {
  return {
    ...(stored ?? { ...noDetails, recipients: [] }),
    code: cell(cells, 'code'),
    name: nameOf(cells, stored?.name),
    kind: departmentKinds.find((kind) => kind === codeIn(cells, 'kind')) ?? 'clinical',
    campus: campusOf(cells, stored?.campus ?? null),
    from: dayOf(cells, 'from', stored?.from),
    until: dayOf(cells, 'until', stored?.until),
    active: activeOf(cells, stored?.active),
  };
}

/** Puts `part` where one with the same key is, or at the end; tells where. */
function placed<T>(
  list: readonly T[],
  part: T,
  same: (one: T) => boolean,
): { list: readonly T[]; at: number } {
  const at = list.findIndex(same);
  return at === -1 ? { list: [...list, part], at: list.length } : { list: list.with(at, part), at };
}

function addUnit(working: Working, row: RosterRow, known: NursingUnit | undefined): void {
  const code = cell(row.cells, 'code');
  const unit = { code, name: nameOf(row.cells, known?.name), active: activeOf(row.cells, known?.active) };
  const { list, at } = placed(working.department.nursingUnits, unit, (one) => one.code === code);
  working.department = { ...working.department, nursingUnits: list };
  working.places.set(`/nursingUnits/${at}`, row);
}

function addRecipient(working: Working, row: RosterRow): void {
  const email = cell(row.cells, 'email').toLowerCase();
  const known = working.department.recipients.find((one) => one.email === email);
  const said = locales.find((locale) => locale === codeIn(row.cells, 'language'));
  const recipient = {
    name: cell(row.cells, 'name'),
    role: recipientRoles.find((role) => role === codeIn(row.cells, 'role')) ?? 'other',
    email,
    language: (row.cells['language'] === undefined ? known?.language : said) ?? 'zh-Hans',
  };
  const { list, at } = placed(working.department.recipients, recipient, (one) => one.email === email);
  working.department = { ...working.department, recipients: list };
  working.places.set(`/recipients/${at}`, row);
}

/** A nursing unit whose row names another department than the one it was in has moved. */
function withoutMoved(stored: readonly Department[], rows: readonly RosterRow[]): readonly Department[] {
  const home = new Map(rows.map(({ cells }) => [cell(cells, 'code'), cell(cells, 'departmentCode')]));
  return stored.map((department) => {
    const kept = department.nursingUnits.filter(
      (unit) => (home.get(unit.code) ?? department.code) === department.code,
    );
    return kept.length === department.nursingUnits.length
      ? department
      : Object.assign({}, department, { nursingUnits: kept });
  });
}

/** What the file's rows come to, on top of what is stored; a column that a sheet does not have changes nothing. Nothing is judged here; a word that is none of its column's counts as its most harmless. */
export function draftDepartments(
  rows: readonly RosterRow[],
  stored: readonly Department[],
): DraftedDepartments {
  const of = (sheet: RosterRow['sheet']): readonly RosterRow[] => rows.filter((row) => row.sheet === sheet);
  const units = of('nursingUnits');
  const known = new Map(withoutMoved(stored, units).map((one) => [one.code, one]));
  const before = new Map(stored.map((one) => [one.code, one]));
  const working = new Map<string, Working>();
  for (const [code, department] of known) {
    if (department !== before.get(code)) working.set(code, { department, places: new Map() });
  }
  for (const row of of('departments')) {
    const code = cell(row.cells, 'code');
    const department = withBase(working.get(code)?.department ?? known.get(code), row.cells);
    working.set(code, { department, places: new Map([['', row]]) });
  }
  const homeless: RosterRow[] = [];
  const at = (row: RosterRow): Working | null => {
    const code = cell(row.cells, 'departmentCode');
    const department = known.get(code);
    if (!working.has(code) && department) working.set(code, { department, places: new Map() });
    const found = working.get(code) ?? null;
    if (!found) homeless.push(row);
    return found;
  };
  const knownUnits = new Map(stored.flatMap((one) => one.nursingUnits.map((unit) => [unit.code, unit])));
  for (const row of units) {
    const found = at(row);
    if (found) addUnit(found, row, knownUnits.get(cell(row.cells, 'code')));
  }
  for (const row of of('recipients')) {
    const found = at(row);
    if (found) addRecipient(found, row);
  }
  return { drafts: [...working.values()], homeless };
}
