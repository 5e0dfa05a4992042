import { isLocale } from '../shared/localized-text.ts';
import type { Locale } from '../shared/localized-text.ts';

/** Our language for a BCP 47 tag: `zh-TW` and `zh-HK` read Traditional, `zh-SG` Simplified; null for another language. */
export function localeOfTag(tag: string): Locale | null {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    const name = language === 'zh' ? `zh-${script ?? 'Hans'}` : language;
    return isLocale(name) ? name : null;
  } catch {
    return null;
  }
}

/**
 * The language of an answer: the one asked for (`lang=`), else the person's earlier choice, else the first of
 * Accept-Language that is offered, else the hospital's first.
 */
export function negotiateLocale(
  wanted: { readonly query: unknown; readonly cookie: unknown; readonly acceptLanguage: string | undefined },
  offered: readonly Locale[],
): Locale {
  const tags = [wanted.query, wanted.cookie, ...acceptedTags(wanted.acceptLanguage)];
  for (const tag of tags) {
    const locale = typeof tag === 'string' ? localeOfTag(tag) : null;
    if (locale && offered.includes(locale)) return locale;
  }
  return offered[0] ?? 'zh-Hans';
}

function acceptedTags(header: string | undefined): readonly string[] {
  return (header ?? '')
    .slice(0, 200)
    .split(',')
    .map((part, index) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return { tag, quality: quality ? Number(quality.trim().slice(2)) : 1, index };
    })
    .filter(({ tag, quality }) => tag !== '' && tag !== '*' && quality > 0)
    .toSorted((a, b) => b.quality - a.quality || a.index - b.index)
    .map(({ tag }) => tag);
}
