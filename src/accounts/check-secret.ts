import type { LoginAddressStore } from './login-address.store.ts';
import { addressKey } from '../shared/address-key.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { LoginAttemptStore } from './login-attempt.store.ts';
import { lockMs, maxFailures, recentAttempts, secondsLocked } from './login-limit.ts';

/** What counting guesses needs. */
export interface CheckSecretDeps {
  readonly attempts: LoginAttemptStore;
  readonly addresses: LoginAddressStore;
  /** One-way hash of a user name or an address, as key of its attempts. */
  readonly hashKey: (text: string) => string;
  readonly failuresPerAddress: number;
  readonly clock: Clock;
}

/** Whose secret is tried, and from where. */
export interface Guess {
  /** Normalised; an account may have it or not. */
  readonly username: string;
  /** Address the guess comes from; null where there is none to slow. */
  readonly address: string | null;
}

/** What came of a guess. */
export interface GuessResult {
  readonly right: boolean;
}

/**
 * Tries a secret of somebody, a password or a code: what `check` has found, or `refused` when it has not run at all, because
 * the name is locked or the address slowed.
 */
export type CheckSecret = <T extends GuessResult>(
  guess: Guess,
  check: () => Promise<T>,
) => Promise<{ readonly checked: T } | { readonly refused: DomainError }>;

function tooMany(code: string, seconds: number): { readonly refused: DomainError } {
  const refused = new DomainError('too-many', code, 'Too many failed logins. Please try again later.', {
    retryAfterSeconds: Math.max(1, seconds),
  });
  return { refused };
}

/**
 * Counting guesses, before they are checked and for all instances together: after the fifth failure within 15 minutes a name
 * is locked for 15 minutes (`too_many_logins`), known or not; an address with more failures than the setting allows goes on
 * at one in ten seconds (`address_slowed`). What was right is not counted; it does not forgive the failures before it either.
 */
export function createCheckSecret(deps: CheckSecretDeps): CheckSecret {
  const { attempts, addresses, hashKey, failuresPerAddress, clock } = deps;
  return async ({ username, address }, check) => {
    const key = hashKey(username);
    const place = address === null ? null : hashKey(`address ${addressKey(address)}`);
    const now = clock.now();
    const slowed = place === null ? 0 : await addresses.count(place, failuresPerAddress, now);
    if (slowed > 0) return tooMany('address_slowed', slowed);
    const wait = secondsLocked(await attempts.find(key), now);
    if (wait > 0) return tooMany('too_many_logins', wait);
    const counted = recentAttempts(await attempts.add(key, now), now);
    if (counted > maxFailures) return tooMany('too_many_logins', lockMs / 1000);

    const checked = await check();
    if (!checked.right) {
      if (counted === maxFailures) await attempts.lock(key, new Date(now.getTime() + lockMs));
      return { checked };
    }
    await attempts.takeBack(key);
    if (place !== null) await addresses.takeBack(place);
    return { checked };
  };
}
