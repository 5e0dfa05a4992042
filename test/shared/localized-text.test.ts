import { expect, test } from '@jest/globals';
import { isLocale, locales, textIn } from '../../src/shared/localized-text.ts';

test('a text is read in the wanted language, and in Simplified Chinese where that is missing', () => {
  const text = { 'zh-Hans': '内科', en: 'Medicine' };

  expect(locales.map((locale) => textIn(text, locale))).toEqual(['内科', '内科', 'Medicine']);
});

test.each(['zh', 'zh-TW', 'EN', '', 'constructor', '0'])(
  'only our own names are languages, not "%s"',
  (name) => {
    expect(isLocale(name)).toBe(false);
    expect(locales.every((locale) => isLocale(locale))).toBe(true);
  },
);
