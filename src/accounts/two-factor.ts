import type { Role, RoleAssignment } from '../shared/principal.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { rolesInForce } from './policy.ts';

/** Two-factor login of one account: on (`secret`, `since`), or being set up (`pendingSecret`, `pendingAt`). */
export interface TwoFactor {
  /** Account id. */
  readonly _id: string;
  /** Encrypted; null while it is not on. */
  readonly secret: string | null;
  readonly since: Date | null;
  /** Time-step of the latest code that was accepted: none of it or before is accepted again. */
  readonly lastStep: number;
  /** Keyed fingerprints of the recovery codes that have not been used. */
  readonly recoveryCodes: readonly string[];
  /** Encrypted; shown while it is being set up. */
  readonly pendingSecret: string | null;
  readonly pendingAt: Date | null;
}

/** How long a secret that was shown may be confirmed: 30 minutes, in ms. */
export const setUpMs = 30 * 60_000;

/** What an encrypted secret is bound to. */
export const secretPlace = (accountId: string): string => `two-factor/${accountId}`;

/** The encrypted secret that is being set up, while it may be confirmed. */
export function pendingSecretOf(known: TwoFactor | null, now: Date): string | null {
  if (known?.pendingSecret === undefined || known.pendingSecret === null || known.since !== null) return null;
  const age = now.getTime() - (known.pendingAt?.getTime() ?? 0);
  return Math.abs(age) < setUpMs ? known.pendingSecret : null;
}

/** What shows that somebody holds the second factor: a code of the app, or a recovery code; the other is empty. */
export interface SecondFactor {
  readonly code: string;
  readonly recoveryCode: string;
}

/** Whether one of the roles an account has today must have two-factor login. */
export function isTwoFactorDemanded(
  { roles }: { readonly roles: readonly RoleAssignment[] },
  demanding: readonly Role[],
  today: CalendarDate,
): boolean {
  return demanding.length > 0 && rolesInForce(roles, today).some(({ role }) => demanding.includes(role));
}
