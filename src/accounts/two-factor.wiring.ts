import type { BlindIndex } from '../privacy/blind-index.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { Clock } from '../shared/clock.ts';
import { qrCode } from '../shared/qr-code.qrcode-generator.ts';
import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Account } from './account.ts';
import type { AccountStore } from './account.store.ts';
import {
  createRenewRecoveryCodes,
  createResetTwoFactor,
  createTurnOffTwoFactor,
} from './change-two-factor.ts';
import { createCheckSecondFactor } from './check-second-factor.ts';
import type { CheckSecret } from './check-secret.ts';
import { createConfirmPerson } from './confirm-person.ts';
import type { FinishLogin } from './finish-login.ts';
import { createLogInSecondStep } from './log-in-second-step.ts';
import type { PasswordHasher } from './password.argon2.ts';
import type { SessionStore } from './session.store.ts';
import { createBeginTwoFactor, createConfirmTwoFactor } from './set-up-two-factor.ts';
import { createShowTwoFactor } from './show-two-factor.ts';
import { totp } from './totp.otpauth.ts';
import type { TwoFactorPageDeps } from './two-factor.pages.ts';
import type { TwoFactorStore } from './two-factor.store.ts';

/** What two-factor login is handed. */
export interface TwoFactorWiringDeps {
  readonly accounts: AccountStore;
  readonly twoFactors: TwoFactorStore;
  readonly sessionStore: SessionStore;
  readonly checkSecret: CheckSecret;
  readonly finishLogin: FinishLogin;
  readonly hasher: PasswordHasher;
  readonly keys: { readonly encryption: FieldEncryption; readonly blindIndex: BlindIndex };
  readonly isDemanded: (account: Account) => boolean;
  readonly randomIndex: (size: number) => number;
  readonly clock: Clock;
  readonly recordAuditEvent: RecordAuditEvent;
}

type MadeHere = Pick<
  TwoFactorPageDeps,
  | 'logInSecondStep'
  | 'showTwoFactor'
  | 'beginTwoFactor'
  | 'confirmTwoFactor'
  | 'turnOffTwoFactor'
  | 'renewRecoveryCodes'
  | 'resetTwoFactor'
  | 'totp'
  | 'qrCode'
>;

/** Builds the use cases of two-factor login. */
export function wireTwoFactor(given: TwoFactorWiringDeps): MadeHere {
  const deps = { ...given, ...given.keys, totp };
  const checkSecondFactor = createCheckSecondFactor(deps);
  const confirming = { ...deps, checkSecondFactor, confirmPerson: createConfirmPerson(deps) };
  return {
    totp,
    qrCode,
    logInSecondStep: createLogInSecondStep(confirming),
    showTwoFactor: createShowTwoFactor(deps),
    beginTwoFactor: createBeginTwoFactor(confirming),
    confirmTwoFactor: createConfirmTwoFactor(confirming),
    turnOffTwoFactor: createTurnOffTwoFactor(confirming),
    renewRecoveryCodes: createRenewRecoveryCodes(confirming),
    resetTwoFactor: createResetTwoFactor(confirming),
  };
}
