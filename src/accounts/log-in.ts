import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import { normalizeUsername } from './account.ts';
import type { Account } from './account.ts';
import type { AccountStore } from './account.store.ts';
import type { CheckSecret } from './check-secret.ts';
import type { FinishLogin } from './finish-login.ts';
import type { PasswordHasher } from './password.argon2.ts';
import { sealPendingLogin } from './pending-login.ts';
import type { TwoFactorStore } from './two-factor.store.ts';

/** What logging in needs. */
export interface LogInDeps {
  readonly accounts: Pick<AccountStore, 'findByUsername'>;
  readonly twoFactors: Pick<TwoFactorStore, 'isOn'>;
  readonly checkSecret: CheckSecret;
  readonly hasher: PasswordHasher;
  readonly encryption: Pick<FieldEncryption, 'encrypt'>;
  readonly clock: Clock;
  readonly finishLogin: FinishLogin;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** What a person types to log in. */
export interface LogInInput {
  readonly username: string;
  readonly password: string;
  /** Address the request comes from; null where there is none. */
  readonly address: string | null;
  readonly requestId: string;
}

/** Who has logged in, or, with two-factor login, the sealed text with which the second step goes on. */
export type LogInResult = { readonly account: Account } | { readonly pendingLogin: string };

/** Checks a user name and password. */
export type LogIn = (input: LogInInput) => Promise<LogInResult>;

/** One run of argon2 whether the account exists or not, so that the time tells nothing. */
async function passwordMatches(
  hasher: PasswordHasher,
  account: Account | null,
  password: string,
): Promise<boolean> {
  if (account === null) {
    await hasher.hash(password);
    return false;
  }
  return (await hasher.verify(account.passwordHash, password)) && account.active;
}

/**
 * Logging in. Throws `invalid_credentials` (unauthenticated) alike for an unknown user, a wrong password and a disabled
 * account; `too_many_logins` (too-many) for 15 minutes after the fifth failure of a user name within 15 minutes, known or not;
 * and `address_slowed` (too-many) where too many logins of one address have failed.
 */
export function createLogIn(deps: LogInDeps): LogIn {
  return async ({ username: typed, password, address, requestId }) => {
    const username = normalizeUsername(typed);
    const account = await deps.accounts.findByUsername(username);
    const record = (outcome: 'succeeded' | 'failed' | 'refused', action = 'session.login'): Promise<void> =>
      deps.recordAuditEvent({
        actor: account?._id ?? 'anonymous',
        action,
        subject: `account/${account?._id ?? 'unknown'}`,
        outcome,
        requestId,
      });
    const tried = await deps.checkSecret({ username, address }, async () => ({
      right: await passwordMatches(deps.hasher, account, password),
    }));
    if ('refused' in tried) {
      await record('refused');
      throw tried.refused;
    }
    if (account === null || !tried.checked.right) {
      await record('failed');
      throw new DomainError(
        'unauthenticated',
        'invalid_credentials',
        'The user name or password is not correct.',
      );
    }
    if (await deps.twoFactors.isOn(account._id)) {
      await record('succeeded', 'session.login.password');
      return { pendingLogin: sealPendingLogin(account, deps.encryption, deps.clock.now()) };
    }
    await deps.finishLogin(account, requestId);
    return { account };
  };
}
