import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { AccountStore } from './account.store.ts';
import type { SessionStore } from './session.store.ts';

/** What disabling an account needs. */
export interface DisableAccountDeps {
  readonly accounts: Pick<AccountStore, 'disable'>;
  readonly sessions: Pick<SessionStore, 'endAll'>;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** Disables an account and ends its sessions. */
export type DisableAccount = (input: {
  readonly accountId: string;
  /** Account id of the administrator. */
  readonly actor: string;
  readonly requestId: string;
}) => Promise<void>;

/**
 * Disabling an account; doing it twice does no harm. Throws `own_account` (conflict): so one administrator always remains;
 * and `account_not_found` (not-found).
 */
export function createDisableAccount(deps: DisableAccountDeps): DisableAccount {
  return async ({ accountId, actor, requestId }) => {
    if (accountId === actor) {
      throw new DomainError('conflict', 'own_account', 'You cannot disable the account you are using.');
    }
    if (!(await deps.accounts.disable(accountId))) {
      throw new DomainError('not-found', 'account_not_found', 'There is no such account.');
    }
    await deps.sessions.endAll(accountId);
    const subject = `account/${accountId}`;
    await deps.recordAuditEvent({
      actor,
      action: 'account.disable',
      subject,
      outcome: 'succeeded',
      requestId,
    });
  };
}
