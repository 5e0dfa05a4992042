import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import { normalizeUsername } from './account.ts';
import type { Account } from './account.ts';
import type { AccountStore } from './account.store.ts';
import type { LoginAttemptStore } from './login-attempt.store.ts';
import { lockMs, maxFailures, recentAttempts, secondsLocked } from './login-limit.ts';
import type { PasswordHasher } from './password.argon2.ts';

/** What logging in needs. */
export interface LogInDeps {
  readonly accounts: Pick<AccountStore, 'findByUsername'>;
  readonly attempts: LoginAttemptStore;
  readonly hasher: PasswordHasher;
  readonly hashKey: (text: string) => string;
  readonly clock: Clock;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** What a person types to log in. */
export interface LogInInput {
  readonly username: string;
  readonly password: string;
  readonly requestId: string;
}

/** Checks a user name and password. */
export type LogIn = (input: LogInInput) => Promise<Account>;

function tooMany(seconds: number): DomainError {
  return new DomainError('too-many', 'too_many_logins', 'Too many failed logins. Please try again later.', {
    retryAfterSeconds: Math.max(1, seconds),
  });
}

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
  return hasher.verify(account.passwordHash, password);
}

/**
 * Logging in. Throws `invalid_credentials` (unauthenticated) alike for an unknown user, a wrong password and a disabled
 * account, and `too_many_logins` (too-many) for 15 minutes after the fifth failure of a user name within 15 minutes,
 * known or not.
 */
export function createLogIn(deps: LogInDeps): LogIn {
  return async ({ username: typed, password, requestId }) => {
    const username = normalizeUsername(typed);
    const key = deps.hashKey(username);
    const now = deps.clock.now();
    const account = await deps.accounts.findByUsername(username);
    const actor = account?._id ?? 'anonymous';
    const record = (outcome: 'succeeded' | 'failed' | 'refused'): Promise<void> =>
      deps.recordAuditEvent({
        actor,
        action: 'session.login',
        subject: `account/${account?._id ?? 'unknown'}`,
        outcome,
        requestId,
      });

    const wait = secondsLocked(await deps.attempts.find(key), now);
    const counted = wait > 0 ? maxFailures + 1 : recentAttempts(await deps.attempts.add(key, now), now);
    if (counted > maxFailures) {
      await record('refused');
      throw tooMany(wait > 0 ? wait : lockMs / 1000);
    }

    const matches = await passwordMatches(deps.hasher, account, password);
    if (account === null || !matches || !account.active) {
      if (counted === maxFailures) await deps.attempts.lock(key, new Date(now.getTime() + lockMs));
      await record('failed');
      throw new DomainError(
        'unauthenticated',
        'invalid_credentials',
        'The user name or password is not correct.',
      );
    }
    await deps.attempts.clear(key);
    await record('succeeded');
    return account;
  };
}
