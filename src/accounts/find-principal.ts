import type { Principal } from '../shared/principal.ts';
import { principalOf } from './account.ts';
import type { Account } from './account.ts';
import type { PrincipalRule } from './account.ts';
import type { AccountStore } from './account.store.ts';
import type { TwoFactorStore } from './two-factor.store.ts';

/** Who a session belongs to, with roles as they are now. */
export type FindPrincipal = (session: {
  readonly accountId: string;
  readonly credentialVersion: number;
}) => Promise<Principal | null>;

/** Null when the account is gone or disabled, or its password has changed since the session began. */
export function createFindPrincipal(
  deps: PrincipalRule & {
    readonly accounts: Pick<AccountStore, 'findById'>;
    readonly twoFactors: Pick<TwoFactorStore, 'isOn'>;
    /** Whether an account must have two-factor login by its roles; only then it is looked up whether it has. */
    readonly isDemanded: (account: Account) => boolean;
  },
): FindPrincipal {
  return async ({ accountId, credentialVersion }) => {
    const account = await deps.accounts.findById(accountId);
    if (!account?.active || account.credentialVersion !== credentialVersion) return null;
    const principal = principalOf(account, deps);
    const must = deps.isDemanded(account) && !(await deps.twoFactors.isOn(accountId));
    return must ? { ...principal, mustSetUpTwoFactor: true } : principal;
  };
}
