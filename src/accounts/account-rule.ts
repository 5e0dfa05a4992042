import type { FieldError } from '../shared/domain-error.ts';
import type { Role, RoleAssignment } from '../shared/principal.ts';
import { normalizeUsername, usernamePattern } from './account.ts';
import { departmentRoles } from './policy.ts';

function assignmentFault(
  { role, departments }: RoleAssignment,
  known: ReadonlySet<string>,
): readonly [path: string, code: string] | null {
  if (!departmentRoles.includes(role)) {
    return departments === 'all' ? null : ['/departments', 'departments_not_allowed'];
  }
  if (departments === 'all') return null;
  if (departments.length === 0) return ['/departments', 'departments_missing'];
  const stranger = departments.findIndex((code) => !known.has(code));
  return stranger === -1 ? null : [`/departments/${stranger}`, 'unknown_department'];
}

const fieldError = (pointer: string, code: string): FieldError => ({ pointer, code, detail: code });

/** What an administrator writes of a new account. */
export interface AccountDraft {
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly RoleAssignment[];
}

/**
 * What is wrong with a new account: its user name, its display name, and its roles. There must be a role; `head` and `nurse`
 * need departments that exist (or all), the others are for the whole hospital. `detail` is the code: the caller puts it into
 * the person's language.
 */
export function accountFaults(
  draft: AccountDraft,
  departmentCodes: readonly string[],
): readonly FieldError[] {
  const known = new Set(departmentCodes);
  const nameFaults = [
    ...(usernamePattern.test(normalizeUsername(draft.username))
      ? []
      : [fieldError('/username', 'username_invalid')]),
    ...(draft.displayName.trim() === '' ? [fieldError('/displayName', 'display_name_missing')] : []),
    ...(draft.roles.length === 0 ? [fieldError('/roles', 'role_missing')] : []),
  ];
  const roleFaults = draft.roles.flatMap((assignment, index) => {
    const fault = assignmentFault(assignment, known);
    return fault ? [fieldError(`/roles/${index}${fault[0]}`, fault[1])] : [];
  });
  return [...nameFaults, ...roleFaults];
}

/** The assignments of a form that has one list of departments: it belongs to the roles that are bound to departments. */
export function assignmentsOf(
  roles: readonly Role[],
  departments: readonly string[],
): readonly RoleAssignment[] {
  return roles.map((role) => ({ role, departments: departmentRoles.includes(role) ? departments : 'all' }));
}
