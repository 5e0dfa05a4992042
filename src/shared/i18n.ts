import type { Locale } from './localized-text.ts';

/**
 * A catalogue text in a language: `t('zh-Hans', 'validation:string_max', {limit: 3})`. The key is
 * `<namespace>:<path>`, the namespace a file of `config/locales/<locale>/`. A missing key throws.
 */
export type Translate = (
  locale: Locale,
  key: string,
  values?: Readonly<Record<string, string | number>>,
) => string;
