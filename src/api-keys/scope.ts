import type { Action } from '../accounts/policy.ts';

/**
 * The one table of what an API key can be allowed: a scope, as noun and verb, and the actions of `accounts/policy.ts` it gives,
 * for all departments. Only what a machine has a reason to do stands here: no scope gives an account, a key, a setting of the
 * hospital, a patient's contact, a confidential answer or the audit trail.
 */
export const actionsOfScope = {
  'discharges:write': ['discharge.write'],
  'survey-responses:write': ['survey-response.enter'],
  'scorecards:read': ['scorecard.read'],
  'deliveries:read': ['delivery.read'],
  'departments:read': ['department.read'],
  'staff:read': ['staff-member.read'],
  'staff:write': ['staff-member.read', 'staff-member.manage'],
} as const satisfies Readonly<Record<string, readonly Action[]>>;

/** A right of an API key, such as `discharges:write`. */
export type Scope = keyof typeof actionsOfScope;

/** Whether a string names a scope. */
export function isScope(value: string): value is Scope {
  return Object.hasOwn(actionsOfScope, value);
}

/** Every scope, in the order they are shown. */
export const scopes: readonly Scope[] = Object.keys(actionsOfScope).filter(isScope);

/** The actions that scopes give; one that is no longer in the table gives nothing. */
export function actionsOfScopes(held: readonly string[]): readonly Action[] {
  return held.filter(isScope).flatMap((scope) => actionsOfScope[scope]);
}

/** The scopes of which each alone gives an action, such as the name of a guard: what the published document says of a route. */
export function scopesOfAction(action: string): readonly Scope[] {
  return scopes.filter((scope) => actionsOfScope[scope].some((one) => one === action));
}
