import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { OwnSession } from './own-session.ts';

/** What the words of the page depend on. */
export interface OwnAccountWords {
  readonly t: Translate;
  readonly locale: Locale;
  readonly hospitalTime: Pick<HospitalTime, 'format'>;
}

const notices: ReadonlySet<string> = new Set(['ended', 'others-ended', 'not-found']);

/** A device in words: 电脑 · Windows 7 · Chrome 86. */
function deviceText({ kind, system, browser }: OwnSession, { t, locale }: OwnAccountWords): string {
  return [t(locale, `accounts:own.kind.${kind}`), system, browser].filter((part) => part !== '').join(' · ');
}

/** The page of the own account: its sessions, this one first, and what was just done. */
export function ownAccountModel(
  state: {
    readonly sessions: readonly OwnSession[];
    readonly currentId: string | null;
    readonly username: string;
    readonly twoFactorOn: boolean;
    readonly notice: string | undefined;
  },
  words: OwnAccountWords,
): object {
  const { t, locale, hospitalTime } = words;
  const { sessions, currentId, username, twoFactorOn, notice = '' } = state;
  const rows = sessions.map((session) => {
    const device = deviceText(session, words);
    return {
      id: session.id,
      current: session.id === currentId,
      device,
      address: session.address,
      startedAt: hospitalTime.format(session.startedAt),
      lastSeenAt: hospitalTime.format(session.lastSeenAt),
      endLabel: t(locale, 'accounts:own.endOf', { device }),
    };
  });
  return {
    username,
    twoFactorOn,
    sessions: rows.toSorted((a, b) => Number(b.current) - Number(a.current)),
    hasOthers: rows.some(({ current }) => !current),
    notice: notices.has(notice) ? t(locale, `accounts:own.notice.${notice}`) : '',
  };
}
