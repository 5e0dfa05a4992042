import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { BlindIndex } from '../privacy/blind-index.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Account } from './account.ts';
import type { AccountStore } from './account.store.ts';
import type { CheckSecondFactor } from './check-second-factor.ts';
import { recoveryFingerprint } from './check-second-factor.ts';
import type { ConfirmPerson } from './confirm-person.ts';
import { newRecoveryCodes } from './recovery-code.ts';
import type { SessionStore } from './session.store.ts';
import type { SecondFactor } from './two-factor.ts';
import type { TwoFactorStore } from './two-factor.store.ts';

/** What changing needs. */
export interface ChangeTwoFactorDeps {
  readonly accounts: Pick<AccountStore, 'findById'>;
  readonly twoFactors: Pick<TwoFactorStore, 'isOn' | 'turnOff' | 'replaceRecoveryCodes'>;
  readonly sessionStore: Pick<SessionStore, 'endAll'>;
  readonly confirmPerson: ConfirmPerson;
  readonly checkSecondFactor: CheckSecondFactor;
  /** Whether an account must have two-factor login by its roles. */
  readonly isDemanded: (account: Account) => boolean;
  readonly blindIndex: BlindIndex;
  readonly randomIndex: (size: number) => number;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** A person's own change: the password, and a code or recovery code. */
export interface ChangeTwoFactorInput extends SecondFactor {
  readonly accountId: string;
  readonly password: string;
  readonly requestId: string;
}

/** Turns a person's own two-factor login off. */
export type TurnOffTwoFactor = (input: ChangeTwoFactorInput) => Promise<void>;

/** New recovery codes in place of the former; shown this once. */
export type RenewRecoveryCodes = (input: ChangeTwoFactorInput) => Promise<readonly string[]>;

/** Takes two-factor login off an account whose person has lost the app and the recovery codes. */
export type ResetTwoFactor = (input: {
  readonly accountId: string;
  /** Account id of the administrator, or `system` for whoever runs the script on the server. */
  readonly actor: string;
  readonly requestId?: string;
}) => Promise<void>;

const isOff = (): DomainError => new DomainError('conflict', 'two_factor_off', 'Two-factor login is not on.');

async function confirmed(deps: ChangeTwoFactorDeps, input: ChangeTwoFactorInput): Promise<Account> {
  if (!(await deps.twoFactors.isOn(input.accountId))) throw isOff();
  return deps.confirmPerson(
    input.accountId,
    input.password,
    async () => (await deps.checkSecondFactor(input.accountId, input)) !== null,
  );
}

function record(deps: ChangeTwoFactorDeps, input: ChangeTwoFactorInput, action: string): Promise<void> {
  const { accountId: actor, requestId } = input;
  return deps.recordAuditEvent({
    actor,
    action,
    subject: `account/${actor}`,
    outcome: 'succeeded',
    requestId,
  });
}

/** Turning it off. Throws `two_factor_off`, `two_factor_demanded` (conflicts) for roles that must have it, and what confirming throws. */
export function createTurnOffTwoFactor(deps: ChangeTwoFactorDeps): TurnOffTwoFactor {
  return async (input) => {
    const account = await deps.accounts.findById(input.accountId);
    if (account && deps.isDemanded(account)) {
      throw new DomainError('conflict', 'two_factor_demanded', 'Your role must have two-factor login.');
    }
    await confirmed(deps, input);
    await deps.twoFactors.turnOff(input.accountId);
    await record(deps, input, 'two-factor.off');
  };
}

/** Renewing. Throws `two_factor_off` (conflict) and what confirming throws. */
export function createRenewRecoveryCodes(deps: ChangeTwoFactorDeps): RenewRecoveryCodes {
  return async (input) => {
    const { accountId } = input;
    await confirmed(deps, input);
    const codes = newRecoveryCodes(deps.randomIndex);
    const fingerprints = codes.map((code) => recoveryFingerprint(deps.blindIndex, accountId, code));
    if (!(await deps.twoFactors.replaceRecoveryCodes(accountId, fingerprints))) throw isOff();
    await record(deps, input, 'two-factor.new-recovery-codes');
    return codes;
  };
}

/**
 * Resetting somebody's: their sessions end, and the password alone logs them in until they set it up again, at once where their
 * role demands it. Throws `own_two_factor` (conflict) and `account_not_found` (not-found). Doing it twice does no harm.
 */
export function createResetTwoFactor(deps: ChangeTwoFactorDeps): ResetTwoFactor {
  return async ({ accountId, actor, requestId }) => {
    if (accountId === actor) {
      throw new DomainError(
        'conflict',
        'own_two_factor',
        'Turn your own two-factor login off under “My account”.',
      );
    }
    if (!(await deps.accounts.findById(accountId))) {
      throw new DomainError('not-found', 'account_not_found', 'There is no such account.');
    }
    if (!(await deps.twoFactors.turnOff(accountId))) return;
    await deps.sessionStore.endAll(accountId);
    await deps.recordAuditEvent({
      actor,
      action: 'two-factor.reset',
      subject: `account/${accountId}`,
      outcome: 'succeeded',
      ...(requestId === undefined ? {} : { requestId }),
    });
  };
}
