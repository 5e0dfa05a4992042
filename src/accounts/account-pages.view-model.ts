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
