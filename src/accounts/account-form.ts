import type { Role, RoleAssignment } from '../shared/principal.ts';
import { isRole } from './account.ts';
import { departmentRoles } from './policy.ts';

/** Most roles one account can be given; a form has a row for each. */
export const maxAssignments = 20;

/** The fields of an account's form as the browser sends them. */
export type TypedAccount = Readonly<Record<string, string | readonly string[] | undefined>> & {
  readonly username?: string;
  readonly displayName?: string;
};

/** One row of the form: a role to be given, with what was written beside it. */
export interface RoleRow {
  readonly role: Role;
  /** Codes that were ticked; `all` for every department. */
  readonly departments: readonly string[];
  readonly from: string;
  readonly until: string;
}

const textOf = (typed: TypedAccount, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value.trim() : '';
};

/** The rows in which a role was chosen, in their order; a row without one is left out, which takes its role away. */
export function rowsOf(typed: TypedAccount): readonly RoleRow[] {
  return Array.from({ length: maxAssignments }, (_, index) => index).flatMap((index): RoleRow[] => {
    const role = textOf(typed, `role-${index}`);
    if (!isRole(role)) return [];
    const departments = typed[`departments-${index}`] ?? [];
    return [
      {
        role,
        departments: typeof departments === 'string' ? [departments] : departments,
        from: textOf(typed, `from-${index}`),
        until: textOf(typed, `until-${index}`),
      },
    ];
  });
}

/** What a row gives. A role that need not have departments is for all of them when none is ticked. */
export function assignmentOf({ role, departments, from, until }: RoleRow): RoleAssignment {
  const all = departments.includes('all') || (departments.length === 0 && !departmentRoles.includes(role));
  return {
    role,
    departments: all ? 'all' : departments,
    ...(from === '' ? {} : { from }),
    ...(until === '' ? {} : { until }),
  };
}

/** The row that shows a role as it is held. */
export function rowOf({ role, departments, from = '', until = '' }: RoleAssignment): RoleRow {
  const everywhere = departmentRoles.includes(role) ? ['all'] : [];
  return { role, departments: departments === 'all' ? everywhere : departments, from, until };
}
