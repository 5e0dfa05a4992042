import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { BlindIndex } from '../privacy/blind-index.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Account } from './account.ts';
import { plainCode, recoveryFingerprint } from './check-second-factor.ts';
import type { ConfirmPerson } from './confirm-person.ts';
import { newRecoveryCodes } from './recovery-code.ts';
import type { SessionStore } from './session.store.ts';
import type { Totp } from './totp.otpauth.ts';
import { pendingSecretOf, secretPlace } from './two-factor.ts';
import type { TwoFactorStore } from './two-factor.store.ts';

/** What setting up needs. */
export interface SetUpTwoFactorDeps {
  readonly twoFactors: Pick<TwoFactorStore, 'find' | 'begin' | 'turnOn'>;
  readonly sessionStore: Pick<SessionStore, 'endAll'>;
  readonly totp: Totp;
  readonly encryption: FieldEncryption;
  readonly blindIndex: BlindIndex;
  readonly randomIndex: (size: number) => number;
  readonly confirmPerson: ConfirmPerson;
  readonly clock: Clock;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** Makes a secret for a person's app; it counts only once it is confirmed. */
export type BeginTwoFactor = (accountId: string) => Promise<{ readonly secret: string }>;

/** Turns two-factor login on; gives the account, and the recovery codes that are shown this once. */
export type ConfirmTwoFactor = (input: {
  readonly accountId: string;
  readonly password: string;
  readonly code: string;
  readonly requestId: string;
}) => Promise<{ readonly account: Account; readonly recoveryCodes: readonly string[] }>;

function conflict(code: string, message: string): DomainError {
  return new DomainError('conflict', code, message);
}

/** The beginning: a new secret in place of an earlier one that was not confirmed. Throws `two_factor_on` (conflict). */
export function createBeginTwoFactor(deps: SetUpTwoFactorDeps): BeginTwoFactor {
  return async (accountId) => {
    const secret = deps.totp.newSecret();
    const sealed = deps.encryption.encrypt(secret, secretPlace(accountId));
    if (await deps.twoFactors.begin(accountId, sealed, deps.clock.now())) return { secret };
    throw conflict('two_factor_on', 'Two-factor login is on already.');
  };
}

/**
 * The confirmation, by the password and a code that the app made of the secret: from then on a login needs both. Ends every
 * session of the account: the caller begins a new one. Throws `two_factor_not_begun` (conflict) without a secret of the last 30
 * minutes, and what confirming throws.
 */
export function createConfirmTwoFactor(deps: SetUpTwoFactorDeps): ConfirmTwoFactor {
  return async ({ accountId, password, code, requestId }) => {
    const now = deps.clock.now();
    const sealed = pendingSecretOf(await deps.twoFactors.find(accountId), now);
    const notBegun = conflict('two_factor_not_begun', 'Please begin setting it up again.');
    if (sealed === null) throw notBegun;
    const secret = deps.encryption.decrypt(sealed, secretPlace(accountId));
    const step = deps.totp.stepOf(secret, plainCode(code), now);
    const account = await deps.confirmPerson(accountId, password, () => Promise.resolve(step !== null));

    const codes = newRecoveryCodes(deps.randomIndex);
    const on = await deps.twoFactors.turnOn(accountId, {
      secret: sealed,
      since: now,
      lastStep: step ?? 0,
      recoveryCodes: codes.map((one) => recoveryFingerprint(deps.blindIndex, accountId, one)),
    });
    if (!on) throw notBegun;
    await deps.sessionStore.endAll(accountId);
    const subject = `account/${accountId}`;
    await deps.recordAuditEvent({
      actor: accountId,
      action: 'two-factor.on',
      subject,
      outcome: 'succeeded',
      requestId,
    });
    return { account, recoveryCodes: codes };
  };
}
