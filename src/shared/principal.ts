import type { CalendarDate } from './reporting-period.ts';

/**
 * What a person may be in the service; what each may do stands in `accounts/policy.ts`. A person may hold several, each for
 * some departments and some time.
 *
 * - `admin` 管理员: accounts, departments, staff, API keys, settings; no answers
 * - `office` 活动办: everything about responses, calls, scorecards and their delivery; no accounts
 * - `director` 院领导: reads the scorecards of the whole hospital
 * - `head` 科室负责人: the scorecards of the own departments
 * - `nurse` 护士: the worklist of the own departments
 * - `caller` 回访员: the worklist, of the central call office 回访中心
 * - `call-supervisor` 回访组长: the worklist, its red flags, and what was imported
 * - `duty-doctor` 值班医生: takes on and settles red flags
 * - `clerk` 录入员: enters paper forms
 * - `ethics` 纪检: the confidential answers, and nothing else
 * - `auditor` 审计员: the audit trail, and nothing else
 */
export const roles = [
  'admin',
  'office',
  'director',
  'head',
  'nurse',
  'caller',
  'call-supervisor',
  'duty-doctor',
  'clerk',
  'ethics',
  'auditor',
] as const;

/** A role by its code: see `roles`. */
export type Role = (typeof roles)[number];

/** One role a person holds now. `departments: 'all'` for roles that are not bound to departments. */
export interface HeldRole {
  readonly role: Role;
  readonly departments: 'all' | readonly string[];
}

/**
 * One role as it is given to a person: held from the hospital's day `from` to the day `until`, both days included. Without
 * `from` it has always been held, without `until` it has no end.
 */
export interface RoleAssignment extends HeldRole {
  readonly from?: CalendarDate;
  readonly until?: CalendarDate;
}

/** Who is asking: an account that has logged in, or a machine client with its API key. */
export interface Principal {
  /** Of a machine client `api-key/<id>`: what it changes is attributed to its key. */
  readonly accountId: string;
  readonly username: string;
  readonly displayName: string;
  /** The roles in force at this request: those not yet begun or already over are not among them. */
  readonly roles: readonly HeldRole[];
  /** True until the one-time password has been changed and the configuration demands it. */
  readonly mustChangePassword: boolean;
  /** Whether that is because the password is older than the configuration allows. */
  readonly passwordExpired?: boolean;
  /** Only of a machine client, which has no roles: the actions its key gives, for all departments. */
  readonly machine?: { readonly actions: readonly string[] };
  /** True while a role of the person must have two-factor login and it has not been set up. */
  readonly mustSetUpTwoFactor?: boolean;
}

/** Whether somebody must change a password or set up two-factor login before they may do anything else. */
export function isHeldUp({ mustChangePassword, mustSetUpTwoFactor }: Principal): boolean {
  return mustChangePassword || mustSetUpTwoFactor === true;
}
