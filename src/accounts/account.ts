import type { Clock } from '../shared/clock.ts';
import { roles } from '../shared/principal.ts';
import type { Principal, Role, RoleAssignment } from '../shared/principal.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { isPasswordExpired } from './password-age.ts';
import { rolesInForce } from './policy.ts';

/** Somebody who may log in. */
export interface Account {
  readonly _id: string;
  /** Normalised: NFKC, lower case, no surrounding space; unique. */
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly RoleAssignment[];
  /** PHC string of argon2id. */
  readonly passwordHash: string;
  /** True while the password is one that somebody else has seen. */
  readonly mustChangePassword: boolean;
  /** Grows with every change of password; a session of an older version is over. */
  readonly credentialVersion: number;
  /** When the password was last set; left out: when the account was opened. */
  readonly passwordChangedAt?: Date;
  /** Hashes of the passwords before the present one, oldest first; at most four. */
  readonly formerPasswordHashes?: readonly string[];
  readonly active: boolean;
  readonly createdAt: Date;
  /** Grows with every change of name, roles and state; an account stored without it is at version 1. */
  readonly version?: number;
  /** Left out before the first login. */
  readonly lastLoginAt?: Date;
}

/** What administrators see of an account: no secret. */
export interface AccountSummary {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly RoleAssignment[];
  readonly active: boolean;
  /** To be sent with a change, which is refused when another came first. */
  readonly version: number;
  /** Null: not yet, as far as is known. */
  readonly lastLoginAt: Date | null;
}

/** The one spelling of a user name: `' ＺＨＡＮＧ３ '` → `zhang3`. */
export function normalizeUsername(username: string): string {
  return username.normalize('NFKC').trim().toLowerCase();
}

/** 2–64 letters or digits of any script, or `.`, `_`, `-`. */
export const usernamePattern = /^[\p{L}\p{N}._-]{2,64}$/u;

/** Whether a string names a role. */
export function isRole(value: string): value is Role {
  return roles.some((role) => role === value);
}

/** The account as an administrator sees it. */
export function summaryOf(account: Account): AccountSummary {
  const { _id: id, username, displayName, active, lastLoginAt } = account;
  const version = versionOf(account);
  return {
    id,
    username,
    displayName,
    roles: account.roles,
    active,
    version,
    lastLoginAt: lastLoginAt ?? null,
  };
}

/** The version of an account, for its next change. */
export function versionOf({ version }: Pick<Account, 'version'>): number {
  return version ?? 1;
}

/** What makes a password one that must be changed before anything else. */
export interface PasswordDemands {
  /** Whether a one-time password must be. */
  readonly forcePasswordChange: boolean;
  /** Longest age of a password, in days; null allows any. */
  readonly passwordMaxDays: number | null;
}

/** What turns an account into who is asking. */
export interface PrincipalRule extends PasswordDemands {
  readonly clock: Clock;
  /** The hospital's day at this moment: it decides which roles are in force. */
  readonly today: () => CalendarDate;
}

/** Who an account is to the rest of the service, today. A password must be changed only where that is demanded. */
export function principalOf(account: Account, rule: PrincipalRule): Principal {
  const { _id: accountId, username, displayName } = account;
  const passwordExpired = isPasswordExpired(account, rule.passwordMaxDays, rule.clock.now());
  return {
    accountId,
    username,
    displayName,
    roles: rolesInForce(account.roles, rule.today()),
    mustChangePassword: passwordExpired || (rule.forcePasswordChange && account.mustChangePassword),
    passwordExpired,
  };
}

/** What a session keeps of its account. */
export function ownerOf(account: Account): { accountId: string; credentialVersion: number } {
  return { accountId: account._id, credentialVersion: account.credentialVersion };
}
