import type { FieldError } from '../shared/domain-error.ts';
import type { Role, RoleAssignment } from '../shared/principal.ts';
import { normalizeUsername, usernamePattern } from './account.ts';
import { departmentRoles, divisibleRoles } from './policy.ts';

const fieldError = (pointer: string, code: string): FieldError => ({ pointer, code, detail: code });

type Fault = readonly [path: string, code: string];

function departmentFault({ role, departments }: RoleAssignment, known: ReadonlySet<string>): Fault | null {
  if (departments === 'all') return null;
  if (![...departmentRoles, ...divisibleRoles].includes(role)) {
    return ['/departments', 'departments_not_allowed'];
  }
  if (departments.length === 0) return ['/departments', 'departments_missing'];
  const stranger = departments.findIndex((code) => !known.has(code));
  return stranger === -1 ? null : [`/departments/${stranger}`, 'unknown_department'];
}

function faultsOf(assignment: RoleAssignment, known: ReadonlySet<string>): readonly Fault[] {
  const { from, until } = assignment;
  const department = departmentFault(assignment, known);
  const backwards = from !== undefined && until !== undefined && until < from;
  return [
    ...(department ? [department] : []),
    ...(backwards ? [['/until', 'until_before_from'] as const] : []),
  ];
}

/** Who runs the service must not be who checks the trail of it, not even one after the other. */
function dutiesFaults(given: readonly RoleAssignment[]): readonly FieldError[] {
  const holds = (wanted: Role): boolean => given.some(({ role }) => role === wanted);
  return holds('admin') && holds('auditor') ? [fieldError('/roles', 'auditor_and_admin')] : [];
}

/** What an administrator writes of a new account. */
export interface AccountDraft {
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly RoleAssignment[];
}

/**
 * What is wrong with a new account: its user name, its display name, and its roles. There must be a role; `head` and `nurse`
 * need departments that exist (or all), the roles of the call office, duty doctors and clerks may have some, the others are
 * for the whole hospital; no role ends before it begins; `admin` and `auditor` are two people. `detail` is the code: the
 * caller puts it into the person's language.
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
  const roleFaults = draft.roles.flatMap((assignment, index) =>
    faultsOf(assignment, known).map(([path, code]) => fieldError(`/roles/${index}${path}`, code)),
  );
  return [...nameFaults, ...dutiesFaults(draft.roles), ...roleFaults];
}

/** The assignments of a form that has one list of departments: it belongs to the roles that are bound to departments. */
export function assignmentsOf(
  roles: readonly Role[],
  departments: readonly string[],
): readonly RoleAssignment[] {
  return roles.map((role) => ({ role, departments: departmentRoles.includes(role) ? departments : 'all' }));
}
