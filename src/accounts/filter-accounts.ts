import { normalizeUsername } from './account.ts';
import type { Account } from './account.ts';
import type { AccountQuery } from './account.schema.ts';

/** The accounts a list was asked for: part of the user name or the name, a role given for whatever time, a state. */
export function filterAccounts(
  accounts: readonly Account[],
  { text, role, state }: AccountQuery,
): readonly Account[] {
  const wanted = normalizeUsername(text);
  return accounts.filter(
    (account) =>
      (account.username.includes(wanted) || normalizeUsername(account.displayName).includes(wanted)) &&
      (role === '' || account.roles.some((held) => held.role === role)) &&
      (state === '' || account.active === (state === 'active')),
  );
}
