/** The languages the product ships, BCP 47 with script. */
export const locales = ['zh-Hans', 'zh-Hant', 'en'] as const;

/** A shipped language. */
export type Locale = (typeof locales)[number];

/** A text in several languages; Simplified Chinese is always there. */
export type LocalizedText = Readonly<{ 'zh-Hans': string } & Partial<Record<Locale, string>>>;

/** The text in the wanted language; a missing one falls back to Simplified Chinese. */
export function textIn(text: LocalizedText, locale: Locale): string {
  return text[locale] ?? text['zh-Hans'];
}

/** Whether a string names a shipped language. */
export function isLocale(value: string): value is Locale {
  return locales.some((locale) => locale === value);
}
