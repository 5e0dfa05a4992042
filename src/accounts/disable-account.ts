import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Account } from './account.ts';
import type { AccountChangeStore } from './account-change.store.ts';
import type { AccountStore } from './account.store.ts';
import type { KeepAdministrator } from './keep-administrator.ts';
import type { SessionStore } from './session.store.ts';

/** What disabling and enabling an account need. */
export interface DisableAccountDeps {
  readonly accounts: Pick<AccountStore, 'findById'>;
  readonly changes: Pick<AccountChangeStore, 'change'>;
  readonly keepAdministrator: KeepAdministrator;
  readonly sessions: Pick<SessionStore, 'endAll'>;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** Which account, and by whom. */
export interface AccountStateInput {
  readonly accountId: string;
  /** Account id of the administrator. */
  readonly actor: string;
  readonly requestId: string;
}

/** Disables an account and ends its sessions. */
export type DisableAccount = (input: AccountStateInput) => Promise<void>;

/** Lets an account log in again. */
export type EnableAccount = (input: AccountStateInput) => Promise<void>;

/** Two administrators who change one account at once are told after this many tries. */
const maxTries = 10;

async function setActive(
  deps: Omit<DisableAccountDeps, 'sessions' | 'recordAuditEvent'>,
  accountId: string,
  active: boolean,
): Promise<void> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const account = await deps.accounts.findById(accountId);
    if (!account) throw new DomainError('not-found', 'account_not_found', 'There is no such account.');
    if (account.active === active) return;
    const set = (): Promise<Account | null> => deps.changes.change(account, { active });
    if (await deps.keepAdministrator(account, { active, roles: account.roles }, set)) return;
  }
  throw new DomainError('conflict', 'account_changed', 'Somebody else is changing this account.');
}

/**
 * Disabling an account; doing it twice does no harm. Throws `own_account` (conflict) for the account in use,
 * `last_administrator` (conflict) and `account_not_found` (not-found).
 */
export function createDisableAccount(deps: DisableAccountDeps): DisableAccount {
  return async ({ accountId, actor, requestId }) => {
    if (accountId === actor) {
      throw new DomainError('conflict', 'own_account', 'You cannot disable the account you are using.');
    }
    const event = { actor, action: 'account.disable', subject: `account/${accountId}`, requestId };
    try {
      await setActive(deps, accountId, false);
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'conflict') {
        await deps.recordAuditEvent({ ...event, outcome: 'refused' });
      }
      throw error;
    }
    await deps.sessions.endAll(accountId);
    await deps.recordAuditEvent({ ...event, outcome: 'succeeded' });
  };
}

/** Enabling an account, with the password it had; doing it twice does no harm. Throws `account_not_found` (not-found). */
export function createEnableAccount(deps: Omit<DisableAccountDeps, 'sessions'>): EnableAccount {
  return async ({ accountId, actor, requestId }) => {
    await setActive(deps, accountId, true);
    const subject = `account/${accountId}`;
    await deps.recordAuditEvent({
      actor,
      action: 'account.enable',
      subject,
      outcome: 'succeeded',
      requestId,
    });
  };
}
