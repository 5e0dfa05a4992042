import type { Translate } from '../shared/i18n.ts';
import { textIn } from '../shared/localized-text.ts';
import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import { roles } from '../shared/principal.ts';
import type { Principal, RoleAssignment } from '../shared/principal.ts';
import type { AccountSummary } from './account.ts';
import type { ErrorText } from './error-texts.ts';
import { staffLinksOf } from './staff-links.ts';

/** A department an account can be bound to. */
export interface DepartmentChoice {
  readonly code: string;
  readonly name: LocalizedText;
}

/** The language of a page's words. */
export interface Words {
  readonly t: Translate;
  readonly locale: Locale;
}

/** The landing page: a tile for each place the person may go to. */
export function homeModel(principal: Principal, showMailbox: boolean, { t, locale }: Words): object {
  return {
    greeting: t(locale, 'accounts:home.greeting', { name: principal.displayName }),
    tiles: staffLinksOf(principal, showMailbox).map(({ key, href }) => ({
      href,
      label: t(locale, `staff:links.${key}.label`),
      hint: t(locale, `staff:links.${key}.hint`),
    })),
  };
}

/** The login form, shown again with what went wrong. The password is never sent back. */
export function loginModel(form: { username: string; next: string; errors: readonly ErrorText[] }): object {
  return form;
}

/** The password form. `required`: the one-time password must go first; `done`: it has just been changed. */
export function passwordModel(state: {
  readonly required: boolean;
  readonly done: boolean;
  readonly errors: readonly ErrorText[];
}): object {
  const wrong = (field: string): boolean => state.errors.some((error) => error.field === field);
  return {
    ...state,
    currentWrong: wrong('currentPassword'),
    newWrong: wrong('newPassword'),
    repeatedWrong: wrong('repeatedPassword'),
  };
}

function roleText(
  { role, departments }: RoleAssignment,
  names: ReadonlyMap<string, string>,
  words: Words,
): string {
  const { t, locale } = words;
  const name = t(locale, `accounts:role.${role}`);
  if (departments === 'all') return name;
  const list = departments.map((code) => names.get(code) ?? code);
  return t(locale, 'accounts:accounts.roleOf', {
    role: name,
    departments: list.join(t(locale, 'accounts:accounts.separator')),
  });
}

/** A password that is shown this once, and whose it is. */
export interface OneTimePasswordNotice {
  readonly username: string;
  readonly oneTimePassword: string;
}

/** What the accounts page shows. */
export interface AccountsPageState {
  readonly accounts: readonly AccountSummary[];
  readonly departments: readonly DepartmentChoice[];
  readonly principal: Principal | null;
  readonly form: {
    readonly username: string;
    readonly displayName: string;
    readonly roles: readonly string[];
    readonly departments: readonly string[];
  };
  readonly errors: readonly ErrorText[];
  /** The account just opened, with the password that is shown this once. */
  readonly created: OneTimePasswordNotice | null;
  /** The account whose password was just reset. */
  readonly reset: OneTimePasswordNotice | null;
}

/** A form nothing has been written in. */
export const emptyAccountForm: AccountsPageState['form'] = {
  username: '',
  displayName: '',
  roles: [],
  departments: [],
};

function secretOf({ created, reset }: AccountsPageState, { t, locale }: Words): object | null {
  const shown = created ?? reset;
  if (!shown) return null;
  const { username, oneTimePassword } = shown;
  const key = created ? 'accounts:accounts.created' : 'accounts:accounts.resetDone';
  return { title: t(locale, key, { username }), oneTimePassword };
}

/** The list of accounts with the form that opens one. */
export function accountsModel(state: AccountsPageState, words: Words): object {
  const { t, locale } = words;
  const names = new Map(state.departments.map(({ code, name }) => [code, textIn(name, locale)]));
  const wrong = (field: string): boolean => state.errors.some((error) => error.field === field);
  return {
    errors: state.errors,
    usernameWrong: wrong('username'),
    displayNameWrong: wrong('displayName'),
    secret: secretOf(state, words),
    accounts: state.accounts.map((account) => ({
      id: account.id,
      username: account.username,
      displayName: account.displayName,
      active: account.active,
      roles: account.roles.map((assignment) => roleText(assignment, names, words)),
      self: account.id === state.principal?.accountId,
      canDisable: account.active && account.id !== state.principal?.accountId,
      resetLabel: t(locale, 'accounts:accounts.resetOf', { name: account.displayName }),
      disableLabel: t(locale, 'accounts:accounts.disableOf', { name: account.displayName }),
    })),
    form: {
      username: state.form.username,
      displayName: state.form.displayName,
      roles: roles.map((role) => ({
        value: role,
        label: t(locale, `accounts:role.${role}`),
        hint: t(locale, `accounts:roleHint.${role}`),
        checked: state.form.roles.includes(role),
      })),
      departments: [...names].map(([code, name]) => ({
        code,
        name,
        checked: state.form.departments.includes(code),
      })),
    },
  };
}
