import { DomainError } from '../shared/domain-error.ts';
import type { Principal } from '../shared/principal.ts';
import { isAction, may } from './policy.ts';

/** The guard of one staff route, in the shape `http/` reads. */
export interface StaffGuard {
  /** The action, and after a colon the path parameter that names the department: `scorecard.read:departmentCode`. */
  readonly name: string;
  readonly decide: (
    principal: Principal | null,
    params: Readonly<Record<string, string>>,
  ) => 'allowed' | 'unauthenticated' | 'forbidden';
}

/** Makes the guard of a route from the action it performs, one of `actions` in policy.ts. */
export type AllowGuard = (action: string, departmentParam?: string) => StaffGuard;

/**
 * Guard that lets those in who may do `action`; with `departmentParam`, only for the department that path parameter names.
 * Its `decide` throws `password_change_required` (forbidden) for a person who must first change a one-time password,
 * and `two_factor_required` (forbidden) for one whose role must have two-factor login, whatever the action but `session.own`. An action that policy.ts does not list throws a TypeError while routes are built.
 */
export function guardFor(action: string, departmentParam?: string): StaffGuard {
  if (!isAction(action)) throw new TypeError(`The policy table has no action ${action}.`);
  return {
    name: departmentParam === undefined ? action : `${action}:${departmentParam}`,
    decide: (principal, params) => {
      if (principal === null) return 'unauthenticated';
      if (principal.mustChangePassword && action !== 'session.own') {
        throw new DomainError('forbidden', 'password_change_required', 'Please change your password first.');
      }
      if (principal.mustSetUpTwoFactor && action !== 'session.own') {
        throw new DomainError('forbidden', 'two_factor_required', 'Please set up two-factor login first.');
      }
      if (departmentParam === undefined) return may(principal, action) ? 'allowed' : 'forbidden';
      const departmentCode = params[departmentParam];
      if (departmentCode === undefined) return 'forbidden';
      return may(principal, action, { departmentCode }) ? 'allowed' : 'forbidden';
    },
  };
}
