import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { isHeldUp } from '../shared/principal.ts';
import type { Principal } from '../shared/principal.ts';
import { may } from './policy.ts';
import { staffLinksOf } from './staff-links.ts';

/** What `templates/partials/staff-layout.html` shows around a page: every staff page's model has it as `shell`. */
export interface StaffShell {
  readonly loggedIn: boolean;
  readonly displayName: string;
  readonly csrfToken: string;
  readonly homeHref: string;
  readonly links: readonly { readonly href: string; readonly label: string; readonly current: boolean }[];
  readonly languages: readonly {
    readonly code: Locale;
    readonly label: string;
    readonly href: string;
    readonly current: boolean;
  }[];
  readonly showMailbox: boolean;
  /** Whether the page says 试运行: what is recorded now counts nowhere. */
  readonly trial: boolean;
  /** Years whose holidays the person must enter; empty when all is well, or when it is somebody else's task. */
  readonly missingYears: readonly { readonly href: string; readonly text: string }[];
}

/** What the shell of one page depends on. `path` is the page's own address, with its query when that matters. */
export interface StaffShellInput {
  readonly principal: Principal | null;
  readonly locale: Locale;
  readonly csrfToken: string | null;
  readonly path: string;
}

/** What the shell of every page depends on. */
export interface StaffShellSettings {
  readonly t: Translate;
  readonly languages: readonly Locale[];
  /** Whether the service catches its mail and shows it on `/mailbox`. */
  readonly showMailbox: boolean;
  /** Whether the service is in trial operation now; left out: it is live. */
  readonly isTrial?: () => boolean;
  /** Years whose holidays are missing; left out: none. */
  readonly missingYears?: () => readonly number[];
}

const languageNames: Readonly<Record<Locale, string>> = {
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  en: 'English',
};

function inLanguage(path: string, code: Locale): string {
  const [address = '/', query = ''] = path.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('lang', code);
  return `${address}?${parameters.toString()}`;
}

function isBelow(path: string, href: string): boolean {
  const address = path.split('?', 1)[0] ?? path;
  return address === href || address.startsWith(`${href}/`);
}

function missingYearsOf(
  settings: StaffShellSettings,
  { principal, locale }: StaffShellInput,
): StaffShell['missingYears'] {
  const enters = principal !== null && !isHeldUp(principal) && may(principal, 'calendar.manage');
  const years = enters ? (settings.missingYears?.() ?? []) : [];
  return years.map((year) => ({
    href: `/office/calendar/${year}`,
    text: settings.t(locale, 'staff:missingYear', { year }),
  }));
}

/** The frame of a staff page: who is logged in, where they may go, and the page in the other languages. */
export function staffShell(settings: StaffShellSettings, input: StaffShellInput): StaffShell {
  const { t, languages, showMailbox } = settings;
  const { principal, locale, csrfToken, path } = input;
  const links = principal === null || isHeldUp(principal) ? [] : staffLinksOf(principal, showMailbox);
  return {
    loggedIn: principal !== null,
    displayName: principal?.displayName ?? '',
    csrfToken: csrfToken ?? '',
    homeHref: principal === null ? '/' : '/home',
    links: links.map(({ key, href }) => ({
      href,
      label: t(locale, `staff:links.${key}.label`),
      current: isBelow(path, href),
    })),
    languages: languages.map((code) => ({
      code,
      label: languageNames[code],
      href: inLanguage(path, code),
      current: code === locale,
    })),
    showMailbox,
    trial: settings.isTrial?.() ?? false,
    missingYears: missingYearsOf(settings, input),
  };
}
