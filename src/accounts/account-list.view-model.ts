import { roles } from '../shared/principal.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { Account } from './account.ts';
import type { AccountQuery } from './account.schema.ts';
import type { DepartmentChoice, Words } from './account-pages.view-model.ts';
import { filterAccounts } from './filter-accounts.ts';
import { roleText } from './role-text.view-model.ts';

/** A password that is shown this once, whose it is, and why there is one. */
export interface OneTimePasswordNotice {
  readonly username: string;
  readonly oneTimePassword: string;
  readonly reason: 'created' | 'resetDone';
}

/** What the accounts page shows. */
export interface AccountListState {
  readonly accounts: readonly Account[];
  readonly query: AccountQuery;
  readonly departments: readonly DepartmentChoice[];
  readonly today: CalendarDate;
  readonly formatTime: (moment: Date) => string;
  readonly secret: OneTimePasswordNotice | null;
}

/** A page longer than this is of no use: the search is. */
const mostShown = 200;

/** Everything of `accounts/accounts.html`: the accounts that were asked for, by user name. */
export function accountListModel(state: AccountListState, words: Words): object {
  const { t, locale } = words;
  const { query, secret } = state;
  const found = filterAccounts(state.accounts, query);
  return {
    secret: secret && {
      title: t(locale, `accounts:accounts.${secret.reason}`, { username: secret.username }),
      oneTimePassword: secret.oneTimePassword,
    },
    text: query.text,
    roleChoices: roles.map((role) => ({
      value: role,
      label: t(locale, `accounts:role.${role}`),
      selected: role === query.role,
    })),
    stateChoices: (['active', 'disabled'] as const).map((value) => ({
      value,
      label: t(locale, `accounts:accounts.${value}`),
      selected: value === query.state,
    })),
    found: t(locale, 'accounts:accounts.found', { count: found.length }),
    more: found.length > mostShown,
    accounts: found.slice(0, mostShown).map((account) => ({
      href: `/admin/accounts/${account._id}`,
      username: account.username,
      displayName: account.displayName,
      active: account.active,
      roles: account.roles.map((held) => roleText(held, state.departments, state.today, words)),
      lastLogin: account.lastLoginAt ? state.formatTime(account.lastLoginAt) : null,
    })),
  };
}
