import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { RoleAssignment } from '../shared/principal.ts';
import { accountFaults } from './account-rule.ts';
import type { AccountDraft } from './account-rule.ts';
import { summaryOf, versionOf } from './account.ts';
import type { Account, AccountSummary } from './account.ts';
import type { AccountChangeStore } from './account-change.store.ts';
import type { AccountStore } from './account.store.ts';
import type { KeepAdministrator } from './keep-administrator.ts';

/** What changing an account needs. */
export interface ChangeAccountDeps {
  readonly accounts: Pick<AccountStore, 'findById'>;
  readonly changes: Pick<AccountChangeStore, 'change'>;
  readonly keepAdministrator: KeepAdministrator;
  readonly departmentCodes: () => Promise<readonly string[]>;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** The account as an administrator wants it. */
export interface ChangeAccountInput extends AccountDraft {
  readonly accountId: string;
  /** The version the administrator has seen. */
  readonly version: number;
  /** Account id of the administrator. */
  readonly actor: string;
  readonly requestId: string;
}

/** Changes name and roles of an account. */
export type ChangeAccount = (input: ChangeAccountInput) => Promise<AccountSummary>;

const rolesText = (roles: readonly RoleAssignment[]): string =>
  JSON.stringify(roles.map(({ role, departments, from, until }) => [role, departments, from, until]));

function changedFields(account: Account, draft: AccountDraft): readonly string[] {
  return [
    ...(account.displayName === draft.displayName ? [] : ['displayName']),
    ...(rolesText(account.roles) === rolesText(draft.roles) ? [] : ['roles']),
  ];
}

function check(
  account: Account,
  { displayName, roles, version }: ChangeAccountInput,
  known: readonly string[],
): void {
  // A department that was closed meanwhile stays with who has it, until it is taken away.
  const held = account.roles.flatMap(({ departments }) => (departments === 'all' ? [] : departments));
  const errors = accountFaults({ displayName, roles }, [...known, ...held]);
  if (errors.length > 0) {
    throw new DomainError('invalid', 'account_invalid', 'The account cannot be changed like this.', {
      errors,
    });
  }
  if (versionOf(account) !== version) throw changedMeanwhile();
}

const changedMeanwhile = (): DomainError =>
  new DomainError('conflict', 'account_changed', 'Somebody else has changed this account meanwhile.');

/**
 * Changing name and roles of an account: in force at its next request, without a new login. Throws `account_not_found`
 * (not-found), `account_invalid` (invalid) with each fault's pointer, `account_changed` (conflict) when the account is not at
 * the version that was seen, and `last_administrator` (conflict).
 */
export function createChangeAccount(deps: ChangeAccountDeps): ChangeAccount {
  return async (input) => {
    const { accountId, actor, requestId } = input;
    const account = await deps.accounts.findById(accountId);
    if (!account) throw new DomainError('not-found', 'account_not_found', 'There is no such account.');
    check(account, input, await deps.departmentCodes());
    const draft = { displayName: input.displayName.trim(), roles: input.roles };
    const fields = changedFields(account, draft);
    if (fields.length === 0) return summaryOf(account);
    const record = (outcome: 'succeeded' | 'refused'): Promise<void> =>
      deps.recordAuditEvent({
        actor,
        action: 'account.change',
        subject: `account/${accountId}`,
        outcome,
        requestId,
        fields,
      });
    try {
      const next = { ...draft, active: account.active };
      const changed = await deps.keepAdministrator(account, next, () => deps.changes.change(account, draft));
      if (!changed) throw changedMeanwhile();
      await record('succeeded');
      return summaryOf(changed);
    } catch (error) {
      if (error instanceof DomainError) await record('refused');
      throw error;
    }
  };
}
