import type { PrivacyNotice } from '../privacy-notices/privacy-notice.ts';
import { textIn } from '../shared/localized-text.ts';
import type { Locale } from '../shared/localized-text.ts';

/** 隐私告知 in one language: a line on the form, the whole text one tap away. */
export interface NoticeView {
  readonly version: string;
  readonly summary: string;
  readonly paragraphs: readonly { readonly heading: string; readonly text: string }[];
}

/** The notice in a language. */
export function noticeView({ version, summary, paragraphs }: PrivacyNotice, locale: Locale): NoticeView {
  return {
    version,
    summary: textIn(summary, locale),
    paragraphs: paragraphs.map(({ heading, text }) => {
      return { heading: textIn(heading, locale), text: textIn(text, locale) };
    }),
  };
}
