import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import { accountFaults, usernameFaults } from './account-rule.ts';
import type { AccountDraft } from './account-rule.ts';
import { normalizeUsername, summaryOf } from './account.ts';
import type { AccountSummary } from './account.ts';
import type { AccountStore } from './account.store.ts';
import type { PasswordHasher } from './password.argon2.ts';

/** What opening an account needs. */
export interface CreateAccountDeps {
  readonly accounts: Pick<AccountStore, 'insert'>;
  readonly departmentCodes: () => Promise<readonly string[]>;
  readonly hasher: Pick<PasswordHasher, 'hash'>;
  readonly newId: () => string;
  readonly newOneTimePassword: () => string;
  readonly clock: Clock;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** The account an administrator opens. */
export interface CreateAccountInput extends AccountDraft {
  readonly username: string;
  /** Account id of the administrator. */
  readonly actor: string;
  readonly requestId: string;
}

/** The new account and the password for its first login: nobody can read it again. */
export interface CreatedAccount {
  readonly account: AccountSummary;
  readonly oneTimePassword: string;
}

/** Opens an account. */
export type CreateAccount = (input: CreateAccountInput) => Promise<CreatedAccount>;

/**
 * Opening an account with a one-time password. Throws `account_invalid` (invalid) with each fault's pointer, and
 * `username_taken` (conflict) whatever the case the name is written in.
 */
export function createCreateAccount(deps: CreateAccountDeps): CreateAccount {
  return async ({ username, displayName, roles, actor, requestId }) => {
    const errors = [
      ...usernameFaults(username),
      ...accountFaults({ displayName, roles }, await deps.departmentCodes()),
    ];
    if (errors.length > 0) {
      throw new DomainError('invalid', 'account_invalid', 'The account cannot be opened like this.', {
        errors,
      });
    }
    const oneTimePassword = deps.newOneTimePassword();
    const account = {
      _id: deps.newId(),
      username: normalizeUsername(username),
      displayName: displayName.trim(),
      roles,
      passwordHash: await deps.hasher.hash(oneTimePassword),
      mustChangePassword: true,
      credentialVersion: 1,
      active: true,
      createdAt: deps.clock.now(),
      version: 1,
    };
    const inserted = await deps.accounts.insert(account);
    const subject = inserted ? `account/${account._id}` : 'account/unknown';
    const outcome = inserted ? 'succeeded' : 'refused';
    await deps.recordAuditEvent({ actor, action: 'account.create', subject, outcome, requestId });
    if (!inserted) throw new DomainError('conflict', 'username_taken', 'This user name is taken.');
    return { account: summaryOf(account), oneTimePassword };
  };
}
