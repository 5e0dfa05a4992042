import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { Clock } from '../shared/clock.ts';
import type { Account } from './account.ts';
import type { AccountStore } from './account.store.ts';
import { pendingSecretOf, secretPlace } from './two-factor.ts';
import type { TwoFactorStore } from './two-factor.store.ts';

/** What a person sees of their own two-factor login. */
export interface TwoFactorState {
  readonly on: boolean;
  readonly since: Date | null;
  readonly recoveryCodesLeft: number;
  /** Whether a role of the person must have it. */
  readonly demanded: boolean;
  /** The secret that waits to be confirmed, base32; null when there is none. */
  readonly pendingSecret: string | null;
}

/** Reads a person's own two-factor login. */
export type ShowTwoFactor = (accountId: string) => Promise<TwoFactorState>;

/** Reading it. A secret is given only while it does not count yet. */
export function createShowTwoFactor(deps: {
  readonly accounts: Pick<AccountStore, 'findById'>;
  readonly twoFactors: Pick<TwoFactorStore, 'find'>;
  readonly encryption: Pick<FieldEncryption, 'decrypt'>;
  readonly isDemanded: (account: Account) => boolean;
  readonly clock: Clock;
}): ShowTwoFactor {
  return async (accountId) => {
    const [account, known] = await Promise.all([
      deps.accounts.findById(accountId),
      deps.twoFactors.find(accountId),
    ]);
    const pending = pendingSecretOf(known, deps.clock.now());
    const since = known?.since ?? null;
    return {
      on: since !== null,
      since,
      recoveryCodesLeft: since === null ? 0 : (known?.recoveryCodes.length ?? 0),
      demanded: account !== null && deps.isDemanded(account),
      pendingSecret: pending === null ? null : deps.encryption.decrypt(pending, secretPlace(accountId)),
    };
  };
}
