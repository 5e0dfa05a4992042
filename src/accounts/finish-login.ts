import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import type { AccountChangeStore } from './account-change.store.ts';
import type { Account } from './account.ts';

/** What the end of a login needs. */
export interface FinishLoginDeps {
  readonly changes: Pick<AccountChangeStore, 'noteLogin'>;
  readonly clock: Clock;
  readonly recordAuditEvent: RecordAuditEvent;
}

/**
 * Notes that somebody has shown who they are: the account shows when it was, and it is audited. Earlier failures stay counted: who
 * guesses at the same time would get fresh guesses, and would learn from them that there is such an account.
 */
export type FinishLogin = (account: Account, requestId: string) => Promise<void>;

/** The end of every login, with or without a second step. */
export function createFinishLogin(deps: FinishLoginDeps): FinishLogin {
  return async ({ _id: accountId }, requestId) => {
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
