import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import type { AccountChangeStore } from './account-change.store.ts';
import type { Account } from './account.ts';
import type { LoginAttemptStore } from './login-attempt.store.ts';

/** What the end of a login needs. */
export interface FinishLoginDeps {
  readonly attempts: Pick<LoginAttemptStore, 'clear'>;
  readonly changes: Pick<AccountChangeStore, 'noteLogin'>;
  readonly hashKey: (text: string) => string;
  readonly clock: Clock;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** Notes that somebody has shown who they are: earlier failures are forgotten, the account shows when it was, and it is audited. */
export type FinishLogin = (account: Account, requestId: string) => Promise<void>;

/** The end of every login, with or without a second step. */
export function createFinishLogin(deps: FinishLoginDeps): FinishLogin {
  return async ({ _id: accountId, username }, requestId) => {
    await deps.attempts.clear(deps.hashKey(username));
    await deps.changes.noteLogin(accountId, deps.clock.now());
    await deps.recordAuditEvent({
      actor: accountId,
      action: 'session.login',
      subject: `account/${accountId}`,
      outcome: 'succeeded',
      requestId,
    });
  };
}
