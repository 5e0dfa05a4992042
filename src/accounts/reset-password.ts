import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { AccountStore } from './account.store.ts';
import type { LoginAttemptStore } from './login-attempt.store.ts';
import type { PasswordHasher } from './password.argon2.ts';
import type { SessionStore } from './session.store.ts';

/** What giving a new one-time password needs. */
export interface ResetPasswordDeps {
  readonly accounts: Pick<AccountStore, 'findById' | 'resetPassword'>;
  readonly attempts: Pick<LoginAttemptStore, 'clear'>;
  readonly sessions: Pick<SessionStore, 'endAll'>;
  readonly hasher: Pick<PasswordHasher, 'hash'>;
  readonly hashKey: (text: string) => string;
  readonly newOneTimePassword: () => string;
  readonly clock: Clock;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** Gives an account a new one-time password, for somebody who has lost theirs. Nobody can read it again. */
export type ResetPassword = (input: {
  readonly accountId: string;
  /** Account id of the administrator, or `system` for whoever runs the script on the server. */
  readonly actor: string;
  readonly requestId?: string;
}) => Promise<{ readonly username: string; readonly oneTimePassword: string }>;

/**
 * Resetting a password: every session of the account ends, a lock after failed logins is lifted, and the new password must
 * be changed at the next login. Throws `account_not_found` (not-found), `account_disabled` and `password_changed_meanwhile`
 * (conflicts), and `own_password` (conflict) for one's own account, whose password is changed, not reset.
 */
export function createResetPassword(deps: ResetPasswordDeps): ResetPassword {
  return async ({ accountId, actor, requestId }) => {
    if (accountId === actor)
      throw new DomainError('conflict', 'own_password', 'Change your own password under “Change password”.');
    const account = await deps.accounts.findById(accountId);
    if (!account) throw new DomainError('not-found', 'account_not_found', 'There is no such account.');
    if (!account.active) throw new DomainError('conflict', 'account_disabled', 'The account is disabled.');
    const oneTimePassword = deps.newOneTimePassword();
    const passwordHash = await deps.hasher.hash(oneTimePassword);
    const done = await deps.accounts.resetPassword(account, passwordHash, deps.clock.now());
    if (!done)
      throw new DomainError('conflict', 'password_changed_meanwhile', 'The password was changed elsewhere.');
    await deps.sessions.endAll(accountId);
    await deps.attempts.clear(deps.hashKey(account.username));
    await deps.recordAuditEvent({
      actor,
      action: 'account.reset-password',
      subject: `account/${accountId}`,
      outcome: 'succeeded',
      ...(requestId === undefined ? {} : { requestId }),
    });
    return { username: account.username, oneTimePassword };
  };
}
