import type { Translate } from '../shared/i18n.ts';
import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import type { Principal } from '../shared/principal.ts';
import type { ErrorText } from './error-texts.ts';
import { staffLinksOf } from './staff-links.ts';

/** A department an account can be bound to. */
export interface DepartmentChoice {
  readonly code: string;
  readonly name: LocalizedText;
  /** False of one that is closed: it is shown only where an account still has it. */
  readonly active: boolean;
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

/** What the login page shows. */
export interface LoginState {
  readonly username: string;
  readonly next: string;
  /** User names this device remembers. */
  readonly names: readonly string[];
  readonly errors: readonly ErrorText[];
}

/** The login form, shown again with what went wrong. The password is never sent back. */
export function loginModel({ username, next, names, errors }: LoginState): object {
  const remembered = names.includes(username);
  return {
    next,
    errors,
    username: remembered ? '' : username,
    names: names.map((name) => ({ name, chosen: name === username })),
    other: names.length > 0 && username !== '' && !remembered,
  };
}

/** Why a password must be changed before anything else; empty when it need not. */
export type PasswordDemand = '' | 'one-time' | 'expired';

/** The password form. `required`: why the password must go first; `done`: it has just been changed. */
export function passwordModel(state: {
  readonly required: PasswordDemand;
  readonly done: boolean;
  readonly errors: readonly ErrorText[];
}): object {
  const wrong = (field: string): boolean => state.errors.some((error) => error.field === field);
  return {
    ...state,
    oneTime: state.required === 'one-time',
    expired: state.required === 'expired',
    currentWrong: wrong('currentPassword'),
    newWrong: wrong('newPassword'),
    repeatedWrong: wrong('repeatedPassword'),
  };
}
