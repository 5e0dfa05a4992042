import type { ImportDepartments } from '../departments/import-departments.ts';
import { changedFields } from '../departments/department-record.ts';
import type { Department } from '../departments/department.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { FieldError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { draftDepartments } from './draft-departments.ts';
import type { DraftDepartment } from './draft-departments.ts';
import type { RosterRow } from './read-roster.ts';
import { rosterSheets, rosterWords } from './roster-sheets.ts';
import { titleOf } from './roster-report.ts';
import type { JudgedRosterRow, RosterFault, RosterResult } from './roster-report.ts';

/** What judging needs. */
export interface JudgeDepartmentsDeps {
  readonly importDepartments: ImportDepartments;
  readonly translate: Translate;
}

/** The departments to save, and what becomes of every row about them. */
export interface JudgedDepartments {
  readonly departments: readonly Department[];
  readonly rows: readonly JudgedRosterRow[];
}

const keyOfField: Readonly<Record<string, string>> = {
  'name/zh-Hans': 'name',
  'name/zh-Hant': 'nameHant',
  'name/en': 'nameEn',
  'campus/zh-Hans': 'campus',
};
const pointerPattern = /^\/departments\/(\d+)(\/(?:nursingUnits|recipients)\/\d+)?(?:\/(.*))?$/;

/** A fault on a row, or on no row when what is stored already has it. */
function locate(
  drafts: readonly DraftDepartment[],
  error: FieldError,
  say: (error: FieldError) => string,
): { row: RosterRow; fault: RosterFault } | null {
  const [, index = '', part = '', field = ''] = pointerPattern.exec(error.pointer) ?? [];
  const { places } = drafts[Number(index)] ?? { places: new Map<string, RosterRow>() };
  const row = places.get(part) ?? places.get('') ?? [...places.values()][0];
  if (!row) return null;
  return { row, fault: { column: titleOf(row.sheet, keyOfField[field] ?? field), detail: say(error) } };
}

/** The words of a fault: those of the department rules have theirs, those of shapes get them here. */
function saying(translate: Translate, locale: Locale) {
  return ({ code, detail }: FieldError): string => {
    if (!/^(any|string|array|object|boolean|calendar)_/.test(code)) return detail;
    const known = ['any_only', 'string_empty', 'string_pattern_base', 'string_email', 'calendar_date'];
    return translate(locale, `validation:${known.includes(code) ? code : 'other'}`);
  };
}

async function faultsOf(
  deps: JudgeDepartmentsDeps,
  drafts: readonly DraftDepartment[],
  locale: Locale,
): Promise<readonly FieldError[]> {
  const list = { departments: drafts.map(({ department }) => department) };
  try {
    if (drafts.length > 0) await deps.importDepartments(list, { dryRun: true, actor: 'system', locale });
    return [];
  } catch (error) {
    if (error instanceof DomainError && error.code === 'departments_invalid') return error.errors;
    throw error;
  }
}

type Parts = Partial<Pick<Department, 'nursingUnits' | 'recipients'>>;

/** One part of a department now and before; before is empty for a new one. */
function compared(department: Department, now: Parts, before: Parts): RosterResult {
  if (Object.values(before).every((list) => list.length === 0)) return 'created';
  const changed = changedFields({ ...department, ...before }, { ...department, ...now });
  return changed.length > 0 ? 'updated' : 'unchanged';
}

function unitResult(at: number, after: Department, stored: Department | undefined): RosterResult {
  const unit = after.nursingUnits[at];
  const before = stored?.nursingUnits.filter(({ code }) => code === unit?.code) ?? [];
  return compared(after, { nursingUnits: unit ? [unit] : [] }, { nursingUnits: before });
}

function recipientResult(at: number, after: Department, stored: Department | undefined): RosterResult {
  const recipient = after.recipients[at];
  const before = stored?.recipients.filter(({ email }) => email === recipient?.email) ?? [];
  return compared(after, { recipients: recipient ? [recipient] : [] }, { recipients: before });
}

function resultOf(
  { sheet }: RosterRow,
  pointer: string,
  after: Department,
  stored: Department | undefined,
): RosterResult {
  const at = Number(pointer.split('/')[2]);
  if (sheet === 'nursingUnits') return unitResult(at, after, stored);
  if (sheet === 'recipients') return recipientResult(at, after, stored);
  if (!stored) return 'created';
  const { nursingUnits, recipients } = stored;
  return changedFields(stored, { ...after, nursingUnits, recipients }).length > 0 ? 'updated' : 'unchanged';
}

/** Rows of one sheet about the same thing: which is right only the sender knows, so the second and later are refused. */
function repeatedRows(rows: readonly RosterRow[]): ReadonlySet<RosterRow> {
  const seen = new Set<string>();
  const repeated = new Set<RosterRow>();
  for (const row of rows) {
    const { departmentCode = '', code = '', email = '' } = row.cells;
    const key = [row.sheet, row.sheet === 'recipients' ? departmentCode : '', code, email.toLowerCase()].join(
      '|',
    );
    if (seen.has(key)) repeated.add(row);
    seen.add(key);
  }
  return repeated;
}

/** The cells of a row that must hold one of their column's words and do not: key, and the text of what is wrong. */
function wrongWords({ sheet, cells }: RosterRow): readonly (readonly [string, string])[] {
  return rosterSheets[sheet].columns.flatMap(({ key, required }): (readonly [string, string])[] => {
    const known = rosterWords[key];
    const cell = cells[key] ?? '';
    if (!known || (cell === '' && !required)) return [];
    if (cell === '') return [[key, 'string_empty']];
    return known.some((one) => one.includes(cell)) ? [] : [[key, 'any_only']];
  });
}

/** Judges every row of 科室, 病区 and 收件人; a wrong row is left out, and what it alone speaks of is not saved. */
export function createJudgeDepartments(deps: JudgeDepartmentsDeps) {
  return async (
    rows: readonly RosterRow[],
    stored: readonly Department[],
    locale: Locale,
  ): Promise<JudgedDepartments> => {
    const refused = new Map<RosterRow, RosterFault[]>();
    const refuse = (row: RosterRow, fault: RosterFault): void => {
      refused.set(row, [...(refused.get(row) ?? []), fault]);
    };
    const say = (key: string): string => deps.translate(locale, `roster:fault.${key}`);
    for (const row of repeatedRows(rows)) refuse(row, { column: '', detail: say('repeated') });
    let wordless = rows.filter((row) => wrongWords(row).length > 0);
    for (;;) {
      const good = rows.filter((row) => !refused.has(row));
      const { drafts, homeless } = draftDepartments(good, stored);
      for (const row of homeless) {
        const column = titleOf(row.sheet, 'departmentCode');
        refuse(row, { column, detail: say('unknown_department') });
      }
      const errors = await faultsOf(deps, drafts, locale);
      const located = errors.flatMap((error) => locate(drafts, error, saying(deps.translate, locale)) ?? []);
      for (const { row, fault } of located) refuse(row, fault);
      for (const row of wordless) {
        for (const [key, code] of wrongWords(row)) {
          refuse(row, {
            column: titleOf(row.sheet, key),
            detail: deps.translate(locale, `validation:${code}`),
          });
        }
      }
      if (homeless.length + located.length + wordless.length > 0) {
        wordless = [];
        continue;
      }
      const before = new Map(stored.map((one) => [one.code, one]));
      const taken = drafts.flatMap(({ department, places }) =>
        [...places].map(([pointer, row]) => ({
          row,
          result: resultOf(row, pointer, department, before.get(department.code)),
          faults: [],
        })),
      );
      const rejected = [...refused].map(([row, faults]) => ({ row, result: 'rejected' as const, faults }));
      return { departments: drafts.map(({ department }) => department), rows: [...taken, ...rejected] };
    }
  };
}
