import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Account } from './account.ts';
import type { AccountStore } from './account.store.ts';
import type { CheckSecret } from './check-secret.ts';
import { wasUsedBefore } from './password-reuse.ts';
import { passwordErrors, passwordFaults } from './password-rule.ts';
import type { PasswordHasher } from './password.argon2.ts';
import type { SessionStore } from './session.store.ts';

/** What changing a password needs. */
export interface ChangePasswordDeps {
  readonly accounts: Pick<AccountStore, 'findById' | 'replacePassword'>;
  readonly sessions: Pick<SessionStore, 'endAll'>;
  readonly checkSecret: CheckSecret;
  readonly hasher: PasswordHasher;
  readonly clock: Clock;
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

/** The account, if the current password is right. Guesses count like failed logins: somebody may sit at another's screen. */
async function confirmed(deps: ChangePasswordDeps, input: ChangePasswordInput): Promise<Account> {
  const account = await deps.accounts.findById(input.accountId);
  if (!account) throw new DomainError('not-found', 'account_not_found', 'There is no such account.');
  const { passwordHash, username } = account;
  const tried = await deps.checkSecret({ username, address: null }, async () => ({
    right: await deps.hasher.verify(passwordHash, input.currentPassword),
  }));
  if ('checked' in tried && tried.checked.right) return account;
  await record(deps, input, 'failed');
  throw 'refused' in tried ? tried.refused : refused('/currentPassword', ['current_password_wrong']);
}

function record(
  deps: ChangePasswordDeps,
  { accountId, requestId }: ChangePasswordInput,
  outcome: 'succeeded' | 'failed',
): Promise<void> {
  const subject = `account/${accountId}`;
  return deps.recordAuditEvent({
    actor: accountId,
    action: 'account.password',
    subject,
    outcome,
    requestId,
  });
}

/**
 * Changing one's own password. Ends every session of the account: the caller begins a new one. Throws `password_refused`
 * (invalid) with `/currentPassword` when that is wrong, with `/newPassword` and every rule it breaks otherwise, among them
 * that it is none of the last five; `too_many_logins` (too-many) after five wrong ones; and `password_changed_meanwhile`
 * (conflict) when another change came first.
 */
export function createChangePassword(deps: ChangePasswordDeps): ChangePassword {
  return async (input) => {
    const { accountId, currentPassword, newPassword } = input;
    const account = await confirmed(deps, input);
    const faults = passwordFaults(newPassword, { username: account.username, currentPassword });
    if (faults.length > 0) throw refused('/newPassword', faults);
    if (await wasUsedBefore(account, newPassword, deps.hasher)) {
      throw refused('/newPassword', ['password_used_before']);
    }
    const now = deps.clock.now();
    const passwordHash = await deps.hasher.hash(newPassword);
    const credentialVersion = await deps.accounts.replacePassword(account, passwordHash, now);
    if (credentialVersion === null) {
      throw new DomainError('conflict', 'password_changed_meanwhile', 'The password was changed elsewhere.');
    }
    await deps.sessions.endAll(accountId);
    await record(deps, input, 'succeeded');
    return {
      ...account,
      passwordHash,
      credentialVersion,
      mustChangePassword: false,
      passwordChangedAt: now,
    };
  };
}
