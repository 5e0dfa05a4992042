import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Account } from './account.ts';
import type { AccountStore } from './account.store.ts';
import type { CheckSecondFactor } from './check-second-factor.ts';
import type { CheckSecret } from './check-secret.ts';
import type { FinishLogin } from './finish-login.ts';
import { openPendingLogin } from './pending-login.ts';
import type { SecondFactor } from './two-factor.ts';

/** What the second step of a login needs. */
export interface SecondStepDeps {
  readonly accounts: Pick<AccountStore, 'findById'>;
  readonly checkSecret: CheckSecret;
  readonly checkSecondFactor: CheckSecondFactor;
  readonly encryption: Pick<FieldEncryption, 'decrypt'>;
  readonly clock: Clock;
  readonly finishLogin: FinishLogin;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** What a person sends for the second step. */
export interface SecondStepInput extends SecondFactor {
  readonly pendingLogin: string;
  readonly address: string | null;
  readonly requestId: string;
}

/** Finishes a login with a code or a recovery code. */
export type LogInSecondStep = (input: SecondStepInput) => Promise<Account>;

async function accountOf(deps: SecondStepDeps, pendingLogin: string): Promise<Account> {
  const pending = openPendingLogin(pendingLogin, deps.encryption, deps.clock.now());
  const account = pending && (await deps.accounts.findById(pending.accountId));
  if (account?.active && account.credentialVersion === pending?.credentialVersion) return account;
  throw new DomainError('unauthenticated', 'login_step_expired', 'Please log in again from the beginning.');
}

/**
 * The second step. A wrong code counts to the account's lock like a wrong password. Throws `code_wrong` (unauthenticated),
 * `login_step_expired` (unauthenticated) more than five minutes after the password, or when it was changed meanwhile, and what
 * `too_many_logins` and `address_slowed` say.
 */
export function createLogInSecondStep(deps: SecondStepDeps): LogInSecondStep {
  return async ({ pendingLogin, code, recoveryCode, address, requestId }) => {
    const account = await accountOf(deps, pendingLogin);
    const { _id: accountId, username } = account;
    const about = { actor: accountId, subject: `account/${accountId}`, requestId };
    const tried = await deps.checkSecret({ username, address }, async () => {
      const by = await deps.checkSecondFactor(accountId, { code, recoveryCode });
      return { right: by !== null, by };
    });
    if ('refused' in tried) {
      await deps.recordAuditEvent({ ...about, action: 'session.login', outcome: 'refused' });
      throw tried.refused;
    }
    if (!tried.checked.right) {
      await deps.recordAuditEvent({ ...about, action: 'session.login', outcome: 'failed', fields: ['code'] });
      throw new DomainError('unauthenticated', 'code_wrong', 'The code is not correct.');
    }
    if (tried.checked.by === 'recovery-code') {
      await deps.recordAuditEvent({ ...about, action: 'two-factor.recovery-code', outcome: 'succeeded' });
    }
    await deps.finishLogin(account, requestId);
    return account;
  };
}
