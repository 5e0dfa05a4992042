import type { Department } from '../departments/department.ts';
import type { LocalizedText } from '../shared/localized-text.ts';
import type { StaffMember } from '../staff/staff-member.ts';
import { wordOf } from './roster-sheets.ts';
import type { RosterSheetKey } from './roster-sheets.ts';

/** What stands in a sheet's cells, by column key; a column that the sheet does not have is left out. */
export type RosterCells = Readonly<Record<string, string>>;

const namesOf = (name: LocalizedText): RosterCells => ({
  name: name['zh-Hans'],
  nameHant: name['zh-Hant'] ?? '',
  nameEn: name.en ?? '',
});
const activeOf = (active: boolean): string => wordOf('active', String(active));

/** What is stored, as rows of the roster: importing them again changes nothing. */
export function rosterRows(
  departments: readonly Department[],
  staff: readonly StaffMember[],
): Readonly<Record<RosterSheetKey, readonly RosterCells[]>> {
  return {
    departments: departments.map(({ code, name, kind, campus, from, until, active }) => ({
      code,
      ...namesOf(name),
      kind: wordOf('kind', kind),
      campus: campus?.['zh-Hans'] ?? '',
      from: from ?? '',
      until: until ?? '',
      active: activeOf(active),
    })),
    nursingUnits: departments.flatMap(({ code: departmentCode, nursingUnits }) =>
      nursingUnits.map(({ code, name, active }) => ({
        departmentCode,
        code,
        ...namesOf(name),
        active: activeOf(active),
      })),
    ),
    recipients: departments.flatMap(({ code: departmentCode, recipients }) =>
      recipients.map(({ name, role, email, language }) => ({
        departmentCode,
        name,
        role: wordOf('role', role),
        email,
        language: wordOf('language', language),
      })),
    ),
    staff: staff.map(({ staffNumber, name, post, departmentCode, nursingUnitCode, from, until }) => ({
      staffNumber,
      name,
      post: wordOf('post', post),
      departmentCode,
      nursingUnitCode: nursingUnitCode ?? '',
      from: from ?? '',
      until: until ?? '',
    })),
  };
}
