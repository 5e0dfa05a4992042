import { hospitalCode } from '../departments/department.ts';
import type { HeldRole, Principal, Role, RoleAssignment } from '../shared/principal.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';

/** Everything an account can be allowed to do. What is not listed here nobody may do. */
export const actions = [
  'session.own',
  'account.manage',
  'department.manage',
  'operation.switch',
  'calendar.manage',
  'department.read',
  'staff-member.manage',
  'staff-member.read',
  'discharge.write',
  'import.manage',
  'import.read',
  'follow-up-call.work',
  'red-flag.read',
  'red-flag.handle',
  'survey-response.enter',
  'survey-response.read',
  'survey-response.import',
  'scorecard.read',
  'late-answer.read',
  'scorecard.close',
  'scorecard.revise',
  'delivery.read',
  'delivery.resend',
  'contact.handle',
  'consent.manage',
  'comment.release',
  'confidential-answer.read',
  'erasure.manage',
  'retention.read',
  'api-key.manage',
  'audit.read',
  'mailbox.read',
] as const;

/** A dotted verb of the table below. */
export type Action = (typeof actions)[number];

/** What an action is done to. `departmentCode: 'hospital'` is the hospital as a whole. */
export interface PolicySubject {
  readonly departmentCode?: string;
}

/** The one table of who may do what. A role that is bound to departments may do it for its own departments only. */
export const actionsOfRole: Readonly<Record<Role, readonly Action[]>> = {
  admin: [
    'account.manage',
    'department.manage',
    'department.read',
    'staff-member.manage',
    'staff-member.read',
    'operation.switch',
    'calendar.manage',
    'discharge.write',
    'import.manage',
    'import.read',
    'retention.read',
    'api-key.manage',
    'mailbox.read',
  ],
  office: [
    'department.read',
    'staff-member.read',
    'operation.switch',
    'calendar.manage',
    'discharge.write',
    'import.manage',
    'import.read',
    'follow-up-call.work',
    'survey-response.enter',
    'survey-response.read',
    'survey-response.import',
    'scorecard.read',
    'late-answer.read',
    'scorecard.close',
    'scorecard.revise',
    'delivery.read',
    'delivery.resend',
    'contact.handle',
    'consent.manage',
    'comment.release',
    'erasure.manage',
    'retention.read',
  ],
  director: ['scorecard.read', 'late-answer.read'],
  head: ['scorecard.read'],
  nurse: ['follow-up-call.work'],
  caller: ['follow-up-call.work'],
  'call-supervisor': ['follow-up-call.work', 'red-flag.read', 'import.read'],
  'duty-doctor': ['red-flag.read', 'red-flag.handle'],
  clerk: ['survey-response.enter'],
  ethics: ['confidential-answer.read'],
  auditor: ['audit.read'],
};

/** Roles that always belong to named departments; they never see the hospital as a whole. */
export const departmentRoles: readonly Role[] = ['head', 'nurse'];

/** Roles that are for all departments unless some are named: a central office may be split among its people. */
export const divisibleRoles: readonly Role[] = ['caller', 'call-supervisor', 'duty-doctor', 'clerk'];

/** Of the roles given to a person those in force on a day of the hospital: `from` and `until` are both included. */
export function rolesInForce(given: readonly RoleAssignment[], day: CalendarDate): readonly HeldRole[] {
  return given
    .filter(({ from, until }) => (from ?? day) <= day && day <= (until ?? day))
    .map(({ role, departments }) => ({ role, departments }));
}

/** Whether a string names an action of the table. */
export function isAction(value: string): value is Action {
  return actions.some((action) => action === value);
}

function covers(held: HeldRole, departmentCode: string): boolean {
  if (departmentCode === hospitalCode && departmentRoles.includes(held.role)) return false;
  return held.departments === 'all' || held.departments.includes(departmentCode);
}

function grantsFor(principal: Principal, action: Action): readonly HeldRole[] {
  return principal.roles.filter(({ role, departments }) => {
    return actionsOfRole[role].includes(action) && (departments === 'all' || departments.length > 0);
  });
}

/**
 * Whether a person may do something. With `subject.departmentCode` it must be one of the departments the person's role is
 * for; without it the answer is whether there is any department at all, and a list must then be cut to
 * `visibleDepartments`. Everybody with an account has `session.own`; an API key has the actions of its scopes and nothing else.
 * An unknown action is refused.
 */
export function may(principal: Principal, action: string, subject: PolicySubject = {}): boolean {
  if (!isAction(action)) return false;
  if (principal.machine) return principal.machine.actions.includes(action);
  if (action === 'session.own') return true;
  const { departmentCode } = subject;
  const grants = grantsFor(principal, action);
  return departmentCode === undefined
    ? grants.length > 0
    : grants.some((grant) => covers(grant, departmentCode));
}

/**
 * The departments an action's lists are cut to: `'all'`, or codes in alphabetical order (none when it is refused). `'all'` are all
 * departments: of the hospital as a whole `may` must be asked.
 */
export function visibleDepartments(principal: Principal, action: string): 'all' | readonly string[] {
  if (!isAction(action)) return [];
  if (principal.machine?.actions.includes(action)) return 'all';
  const codes = new Set<string>();
  for (const { departments } of grantsFor(principal, action)) {
    if (departments === 'all') return 'all';
    for (const code of departments) codes.add(code);
  }
  return [...codes].toSorted();
}
