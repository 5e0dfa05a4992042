import type { FieldError } from '../shared/domain-error.ts';
import type { Role, RoleAssignment } from '../shared/principal.ts';
import { isCalendarDate } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
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

function termFaults({ from, until }: RoleAssignment): readonly Fault[] {
  const impossible = Object.entries({ from, until }).flatMap(([field, date]): Fault[] =>
    date === undefined || isCalendarDate(date) ? [] : [[`/${field}`, 'date_invalid']],
  );
  if (impossible.length > 0) return impossible;
  return from !== undefined && until !== undefined && until < from ? [['/until', 'until_before_from']] : [];
}

function faultsOf(assignment: RoleAssignment, known: ReadonlySet<string>): readonly Fault[] {
  const department = departmentFault(assignment, known);
  return [...(department ? [department] : []), ...termFaults(assignment)];
}

/** Who runs the service must not be who checks the trail of it, not even one after the other. */
function dutiesFaults(given: readonly RoleAssignment[]): readonly FieldError[] {
  const holds = (wanted: Role): boolean => given.some(({ role }) => role === wanted);
  return holds('admin') && holds('auditor') ? [fieldError('/roles', 'auditor_and_admin')] : [];
}

/**
 * Whether an account can be counted on to administrate the service: active, and administrator today without a last day. One
 * such account must always remain, or nobody could open the service again.
 */
export function isLastingAdministrator(
  { active, roles }: { readonly active: boolean; readonly roles: readonly RoleAssignment[] },
  today: CalendarDate,
): boolean {
  const lasting = ({ role, from = today, until }: RoleAssignment): boolean =>
    role === 'admin' && from <= today && until === undefined;
  return active && roles.some(lasting);
}

/** What an administrator writes of an account, new or not. */
export interface AccountDraft {
  readonly displayName: string;
  readonly roles: readonly RoleAssignment[];
}

/**
 * What is wrong with the display name and the roles of an account. There must be a role; `head` and `nurse` need departments
 * that exist (or all), the roles of the call office, duty doctors and clerks may have some, the others are for the whole
 * hospital; a term has days that exist and does not end before it begins; `admin` and `auditor` are two people. `detail` is
 * the code: the caller puts it into the person's language.
 */
export function accountFaults(
  draft: AccountDraft,
  departmentCodes: readonly string[],
): readonly FieldError[] {
  const known = new Set(departmentCodes);
  return [
    ...(draft.displayName.trim() === '' ? [fieldError('/displayName', 'display_name_missing')] : []),
    ...(draft.roles.length === 0 ? [fieldError('/roles', 'role_missing')] : []),
    ...dutiesFaults(draft.roles),
    ...draft.roles.flatMap((assignment, index) =>
      faultsOf(assignment, known).map(([path, code]) => fieldError(`/roles/${index}${path}`, code)),
    ),
  ];
}

/** What is wrong with a user name. */
export function usernameFaults(username: string): readonly FieldError[] {
  return usernamePattern.test(normalizeUsername(username))
    ? []
    : [fieldError('/username', 'username_invalid')];
}
