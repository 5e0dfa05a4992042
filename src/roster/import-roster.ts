import type { SavedBy } from '../departments/change-department.ts';
import type { Department } from '../departments/department.ts';
import type { ImportDepartments } from '../departments/import-departments.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { SaveStaffMember } from '../staff/save-staff-member.ts';
import type { StaffMember } from '../staff/staff-member.ts';
import { createJudgeDepartments } from './judge-departments.ts';
import { judgeStaff } from './judge-staff.ts';
import type { CheckStaffMember } from './judge-staff.ts';
import { readRoster, rosterInvalid } from './read-roster.ts';
import { reportOf } from './roster-report.ts';
import type { RosterReport } from './roster-report.ts';
import type { ReadWorkbookSheets } from './roster-workbook.child-process.ts';

/** What importing needs. */
export interface ImportRosterDeps {
  readonly readWorkbook: ReadWorkbookSheets;
  /** As they are stored, open or not. */
  readonly storedDepartments: () => Promise<readonly Department[]>;
  readonly storedStaff: () => Promise<readonly StaffMember[]>;
  readonly importDepartments: ImportDepartments;
  readonly saveStaffMember: SaveStaffMember;
  readonly checkStaffMember: CheckStaffMember;
  readonly translate: Translate;
}

/** Imports a workbook of departments, nursing units, recipients and staff. */
export type ImportRoster = (
  bytes: Buffer,
  options: SavedBy & { readonly dryRun: boolean; readonly locale: Locale },
) => Promise<RosterReport>;

/** So many writes wait for the journal together. */
const together = 20;

/**
 * Saves every good row and tells of each what became of it; a dry run tells the same and saves nothing. The same file again changes
 * nothing, and what it does not list stays. Throws `roster_invalid` for a file that is no roster as a whole, and what reading it throws.
 */
export function createImportRoster(deps: ImportRosterDeps): ImportRoster {
  const judgeDepartments = createJudgeDepartments(deps);
  return async (bytes, { dryRun, locale, ...by }) => {
    const sheets = await deps.readWorkbook(bytes);
    if (!sheets) {
      const detail = deps.translate(locale, 'roster:fault.not_a_workbook');
      throw rosterInvalid([{ pointer: '', code: 'not_a_workbook', detail }]);
    }
    const rows = readRoster(sheets, deps.translate, locale);
    const stored = await deps.storedDepartments();
    const judged = await judgeDepartments(
      rows.filter(({ sheet }) => sheet !== 'staff'),
      stored,
      locale,
    );
    const departments = [
      ...new Map([...stored, ...judged.departments].map((one) => [one.code, one])).values(),
    ];
    const staff = judgeStaff({
      rows: rows.filter(({ sheet }) => sheet === 'staff'),
      stored: await deps.storedStaff(),
      departments,
      check: deps.checkStaffMember,
      translate: deps.translate,
      locale,
    });
    if (!dryRun) {
      if (judged.departments.length > 0) {
        await deps.importDepartments({ departments: judged.departments }, { ...by, locale, dryRun });
      }
      for (let start = 0; start < staff.members.length; start += together) {
        const some = staff.members.slice(start, start + together);
        await Promise.all(some.map((member) => deps.saveStaffMember(member, { ...by, locale })));
      }
    }
    return reportOf([...judged.rows, ...staff.rows], dryRun);
  };
}
