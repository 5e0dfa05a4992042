import type { Principal } from '../shared/principal.ts';
import { principalOf } from './account.ts';
import type { PrincipalRule } from './account.ts';
import type { AccountStore } from './account.store.ts';

/** Who a session belongs to, with roles as they are now. */
export type FindPrincipal = (session: {
  readonly accountId: string;
  readonly credentialVersion: number;
}) => Promise<Principal | null>;

/** Null when the account is gone or disabled, or its password has changed since the session began. */
export function createFindPrincipal(
  deps: PrincipalRule & { readonly accounts: Pick<AccountStore, 'findById'> },
): FindPrincipal {
  return async ({ accountId, credentialVersion }) => {
    const account = await deps.accounts.findById(accountId);
    if (!account?.active || account.credentialVersion !== credentialVersion) return null;
    return principalOf(account, deps);
  };
}
