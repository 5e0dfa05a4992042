import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { QrCode } from '../shared/qr-code.ts';
import type { ErrorText } from './error-texts.ts';
import type { TwoFactorState } from './show-two-factor.ts';

/** What the page of two-factor login shows besides its state. */
export interface TwoFactorShown {
  readonly state: TwoFactorState;
  /** The QR code of the secret that waits; null when none waits. */
  readonly qr: QrCode | null;
  /** Recovery codes that are shown this once. */
  readonly recoveryCodes: readonly string[];
  readonly notice: '' | 'on' | 'off' | 'renewed';
  readonly errors: readonly ErrorText[];
}

/** A key in groups of four, as people type it. */
function grouped(secret: string): string {
  return (secret.match(/.{1,4}/g) ?? []).join(' ');
}

/** The page: what it is and how to begin, the secret to confirm, or that it is on and what can be done. */
export function twoFactorModel(
  { state, qr, recoveryCodes, notice, errors }: TwoFactorShown,
  words: {
    readonly t: Translate;
    readonly locale: Locale;
    readonly mustSetUp: boolean;
    readonly formatTime: (moment: Date) => string;
  },
): object {
  const { t, locale, mustSetUp, formatTime } = words;
  const { on, since, recoveryCodesLeft, demanded, pendingSecret } = state;
  const wrong = (field: string): boolean => errors.some((error) => error.field === field);
  return {
    on,
    off: !on && pendingSecret === null,
    settingUp: !on && pendingSecret !== null,
    since: since === null ? '' : t(locale, 'accounts:twoFactor.since', { since: formatTime(since) }),
    left: t(locale, 'accounts:twoFactor.left', { count: recoveryCodesLeft }),
    fewLeft: on && recoveryCodesLeft <= 2,
    mustSetUp,
    canTurnOff: !demanded,
    secret: pendingSecret === null ? '' : grouped(pendingSecret),
    qr,
    recoveryCodes,
    notice: notice === '' ? '' : t(locale, `accounts:twoFactor.notice.${notice}`),
    errors,
    passwordWrong: wrong('password'),
    codeWrong: wrong('code'),
  };
}
