import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Account } from './account.ts';
import type { AccountStore } from './account.store.ts';
import { passwordErrors, passwordFaults } from './password-rule.ts';
import type { PasswordHasher } from './password.argon2.ts';
import type { SessionStore } from './session.store.ts';

/** What changing a password needs. */
export interface ChangePasswordDeps {
  readonly accounts: Pick<AccountStore, 'findById' | 'replacePassword'>;
  readonly sessions: Pick<SessionStore, 'endAll'>;
  readonly hasher: PasswordHasher;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** A person's own change of password. */
export interface ChangePasswordInput {
  readonly accountId: string;
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly requestId: string;
}

/** Changes a person's own password and gives the account as it is then. */
export type ChangePassword = (input: ChangePasswordInput) => Promise<Account>;

function refused(pointer: string, codes: readonly string[]): DomainError {
  return new DomainError('invalid', 'password_refused', 'The password was not changed.', {
    errors: passwordErrors(pointer, codes),
  });
}

/**
 * Changing one's own password. Ends every session of the account: the caller begins a new one. Throws `password_refused`
 * (invalid) with `/currentPassword` when that is wrong, with `/newPassword` and every rule it breaks otherwise, and
 * `password_changed_meanwhile` (conflict) when another change came first.
 */
export function createChangePassword(deps: ChangePasswordDeps): ChangePassword {
  return async ({ accountId, currentPassword, newPassword, requestId }) => {
    const record = (outcome: 'succeeded' | 'failed'): Promise<void> =>
      deps.recordAuditEvent({
        actor: accountId,
        action: 'account.password',
        subject: `account/${accountId}`,
        outcome,
        requestId,
      });
    const account = await deps.accounts.findById(accountId);
    if (!account) throw new DomainError('not-found', 'account_not_found', 'There is no such account.');
    if (!(await deps.hasher.verify(account.passwordHash, currentPassword))) {
      await record('failed');
      throw refused('/currentPassword', ['current_password_wrong']);
    }
    const faults = passwordFaults(newPassword, { username: account.username, currentPassword });
    if (faults.length > 0) throw refused('/newPassword', faults);

    const passwordHash = await deps.hasher.hash(newPassword);
    const credentialVersion = await deps.accounts.replacePassword(account, passwordHash);
    if (credentialVersion === null) {
      throw new DomainError('conflict', 'password_changed_meanwhile', 'The password was changed elsewhere.');
    }
    await deps.sessions.endAll(accountId);
    await record('succeeded');
    return { ...account, passwordHash, credentialVersion, mustChangePassword: false };
  };
}
