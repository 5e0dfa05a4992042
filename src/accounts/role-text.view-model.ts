import { textIn } from '../shared/localized-text.ts';
import type { RoleAssignment } from '../shared/principal.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { DepartmentChoice, Words } from './account-pages.view-model.ts';
import { rolesInForce } from './policy.ts';

/** One role of an account in words. */
export interface RoleText {
  readonly text: string;
  /** Its first and last day, in words; null without either. */
  readonly term: string | null;
  /** Whether it is in force today. */
  readonly inForce: boolean;
}

function termOf({ from, until }: RoleAssignment, { t, locale }: Words): string | null {
  if (from !== undefined && until !== undefined) return t(locale, 'accounts:term.both', { from, until });
  if (from !== undefined) return t(locale, 'accounts:term.from', { from });
  return until === undefined ? null : t(locale, 'accounts:term.until', { until });
}

/** A role with its departments and its term, as administrators read it. */
export function roleText(
  assignment: RoleAssignment,
  departments: readonly DepartmentChoice[],
  today: CalendarDate,
  words: Words,
): RoleText {
  const { t, locale } = words;
  const role = t(locale, `accounts:role.${assignment.role}`);
  const nameOf = (code: string): string => {
    const known = departments.find((department) => department.code === code);
    return known ? textIn(known.name, locale) : code;
  };
  const text =
    assignment.departments === 'all'
      ? role
      : t(locale, 'accounts:accounts.roleOf', {
          role,
          departments: assignment.departments.map(nameOf).join(t(locale, 'accounts:accounts.separator')),
        });
  const inForce = rolesInForce([assignment], today).length > 0;
  return { text, term: termOf(assignment, words), inForce };
}
