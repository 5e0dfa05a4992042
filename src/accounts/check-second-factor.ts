import type { BlindIndex } from '../privacy/blind-index.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { Clock } from '../shared/clock.ts';
import { plainRecoveryCode } from './recovery-code.ts';
import type { Totp } from './totp.otpauth.ts';
import { secretPlace } from './two-factor.ts';
import type { SecondFactor } from './two-factor.ts';
import type { TwoFactorStore } from './two-factor.store.ts';

/** What checking a second factor needs. */
export interface CheckSecondFactorDeps {
  readonly twoFactors: Pick<TwoFactorStore, 'find' | 'acceptStep' | 'useRecoveryCode'>;
  readonly totp: Pick<Totp, 'stepOf'>;
  readonly encryption: Pick<FieldEncryption, 'decrypt'>;
  readonly blindIndex: BlindIndex;
  readonly clock: Clock;
}

/** Checks a code or recovery code and uses it up; says which it was, null when it was neither. */
export type CheckSecondFactor = (
  accountId: string,
  given: SecondFactor,
) => Promise<'code' | 'recovery-code' | null>;

/** Six digits of any keyboard, with or without a gap in between. */
export function plainCode(typed: string): string {
  return typed.normalize('NFKC').replaceAll(/\s/g, '');
}

/** What is kept of a recovery code: nobody without the key can try codes. */
export function recoveryFingerprint(blindIndex: BlindIndex, accountId: string, code: string): string {
  return blindIndex('recovery-code', `${accountId} ${plainRecoveryCode(code)}`);
}

/**
 * Checking a second factor. A code of the app counts in its 30 seconds and those before and after, and never twice, nor after a
 * later one; a recovery code counts once. Two requests with the same code at once: one passes.
 */
export function createCheckSecondFactor(deps: CheckSecondFactorDeps): CheckSecondFactor {
  const { twoFactors, totp, encryption, blindIndex, clock } = deps;
  return async (accountId, { code, recoveryCode }) => {
    const known = await twoFactors.find(accountId);
    if (known?.secret === undefined || known.secret === null) return null;
    const digits = plainCode(code);
    if (/^\d{6}$/.test(digits)) {
      const secret = encryption.decrypt(known.secret, secretPlace(accountId));
      const step = totp.stepOf(secret, digits, clock.now());
      return step !== null && (await twoFactors.acceptStep(accountId, step)) ? 'code' : null;
    }
    if (plainRecoveryCode(recoveryCode) === '') return null;
    const fingerprint = recoveryFingerprint(blindIndex, accountId, recoveryCode);
    return (await twoFactors.useRecoveryCode(accountId, fingerprint)) ? 'recovery-code' : null;
  };
}
