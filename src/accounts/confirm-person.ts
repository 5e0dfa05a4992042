import { DomainError } from '../shared/domain-error.ts';
import type { Account } from './account.ts';
import type { AccountStore } from './account.store.ts';
import type { CheckSecret } from './check-secret.ts';
import { passwordErrors } from './password-rule.ts';
import type { PasswordHasher } from './password.argon2.ts';

/** What confirming who sits at the screen needs. */
export interface ConfirmPersonDeps {
  readonly accounts: Pick<AccountStore, 'findById'>;
  readonly checkSecret: CheckSecret;
  readonly hasher: Pick<PasswordHasher, 'verify'>;
}

/** Asks once more for the password, and for what `checkCode` looks at when the password was right. */
export type ConfirmPerson = (
  accountId: string,
  password: string,
  checkCode: (account: Account) => Promise<boolean>,
) => Promise<Account>;

/**
 * Confirming, for what must not be done at somebody's open screen. Guesses count like failed logins. Throws
 * `two_factor_refused` (invalid) with `/password` or `/code`, and `too_many_logins` (too-many).
 */
export function createConfirmPerson(deps: ConfirmPersonDeps): ConfirmPerson {
  return async (accountId, password, checkCode) => {
    const account = await deps.accounts.findById(accountId);
    if (!account) throw new DomainError('not-found', 'account_not_found', 'There is no such account.');
    const tried = await deps.checkSecret({ username: account.username, address: null }, async () => {
      const known = await deps.hasher.verify(account.passwordHash, password);
      return { known, right: known && (await checkCode(account)) };
    });
    if ('refused' in tried) throw tried.refused;
    if (tried.checked.right) return account;
    const errors = tried.checked.known
      ? passwordErrors('/code', ['code_wrong'])
      : passwordErrors('/password', ['current_password_wrong']);
    throw new DomainError('invalid', 'two_factor_refused', 'Nothing was changed.', { errors });
  };
}
