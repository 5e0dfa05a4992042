import type { Department } from '../departments/department.ts';
import type { FieldError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { changedStaffFields } from '../staff/staff-member.ts';
import type { StaffMember } from '../staff/staff-member.ts';
import { staffFaults } from '../staff/staff-faults.ts';
import type { RosterRow } from './read-roster.ts';
import { titleOf } from './roster-report.ts';
import type { JudgedRosterRow, RosterFault } from './roster-report.ts';
import { codeOfWord } from './roster-sheets.ts';

/** A member of staff whose shape is right, or every fault of it. */
export type CheckStaffMember = (
  value: unknown,
  locale: Locale,
) => { readonly member: StaffMember } | { readonly faults: readonly FieldError[] };

/** The members of staff to save, and what becomes of every row of 职工. */
export interface JudgedStaff {
  readonly members: readonly StaffMember[];
  readonly rows: readonly JudgedRosterRow[];
}

const cellOf = ({ cells }: RosterRow, key: string): string => cells[key] ?? '';

/** What a column says: an empty cell says null; a column that is not there leaves what was known. */
function saidIn({ cells }: RosterRow, key: string, known: string | null): string | null {
  const cell = cells[key];
  return cell === undefined ? known : cell || null;
}

/** The unit somebody stays in when the sheet names none: in another department only one that is there too. */
function unitKept(before: StaffMember, departmentCode: string, department?: Department): string | null {
  const { nursingUnitCode } = before;
  if (before.departmentCode === departmentCode) return nursingUnitCode;
  return department?.nursingUnits.some(({ code }) => code === nursingUnitCode) ? nursingUnitCode : null;
}

function valueOf(row: RosterRow, before: StaffMember | null, department?: Department): object {
  const departmentCode = cellOf(row, 'departmentCode');
  const unit = before && unitKept(before, departmentCode, department);
  return {
    staffNumber: cellOf(row, 'staffNumber'),
    name: cellOf(row, 'name'),
    post: codeOfWord('post', cellOf(row, 'post')),
    departmentCode,
    nursingUnitCode: saidIn(row, 'nursingUnitCode', unit),
    from: saidIn(row, 'from', before?.from ?? null),
    until: saidIn(row, 'until', before?.until ?? null),
  };
}

/** What judging needs. `departments`: as they will be when the file's own departments are saved. */
export interface JudgeStaffInput {
  readonly rows: readonly RosterRow[];
  readonly stored: readonly StaffMember[];
  readonly departments: readonly Department[];
  readonly check: CheckStaffMember;
  readonly translate: Translate;
  readonly locale: Locale;
}

const fault = (key: string, detail: string): RosterFault => ({ column: titleOf('staff', key), detail });

/** Judges every row of 职工. */
export function judgeStaff(input: JudgeStaffInput): JudgedStaff {
  const { translate, locale } = input;
  const known = new Map(input.stored.map((member) => [member.staffNumber, member]));
  const departments = new Map(input.departments.map((department) => [department.code, department]));
  const seen = new Set<string>();
  const members: StaffMember[] = [];
  const rows = input.rows.map((row): JudgedRosterRow => {
    const reject = (faults: readonly RosterFault[]): JudgedRosterRow => ({ row, result: 'rejected', faults });
    const before = known.get(cellOf(row, 'staffNumber')) ?? null;
    const department = departments.get(cellOf(row, 'departmentCode'));
    const checked = input.check(valueOf(row, before, department), locale);
    if ('faults' in checked) {
      return reject(checked.faults.map(({ pointer, detail }) => fault(pointer.slice(1), detail)));
    }
    const { member } = checked;
    if (seen.has(member.staffNumber))
      return reject([fault('staffNumber', translate(locale, 'roster:fault.repeated'))]);
    seen.add(member.staffNumber);
    const found = staffFaults(member, department ?? null, before);
    if (found.length > 0) {
      return reject(
        found.map(({ field, code }) => fault(field, translate(locale, `staff-members:fault.${code}`))),
      );
    }
    if (changedStaffFields(before, member).length === 0) return { row, result: 'unchanged', faults: [] };
    members.push(member);
    return { row, result: before ? 'updated' : 'created', faults: [] };
  });
  return { members, rows };
}
