import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { locales } from '../../src/shared/localized-text.ts';
import { createTranslate } from '../../src/shared/translator.i18next.ts';

const folder = `${projectRoot()}/config/locales`;
const translate = createTranslate(folder);

describe('a text of the catalogue', () => {
  test.each(locales.map((locale) => [locale]))('is there in %s and takes its values', (locale) => {
    expect(translate(locale, 'validation:string_max', { limit: 20 })).toContain('20');
  });

  test.each([
    'validation:nothing',
    'nothing:at.all',
    'nothing',
    'problems:status',
    'validation:constructor',
    '',
  ])('that does not exist throws: "%s"', (key) => {
    expect(() => translate('en', key)).toThrow(`No text for ${key} in en.`);
  });

  test.each(['{{limit}}', '$t(problems:status.404)', '$& $1 $$', '<b>&', '{{', '%s'])(
    'takes a value as it is, whatever it looks like: %s',
    (limit) => {
      expect(translate('en', 'validation:string_max', { limit })).toContain(limit);
    },
  );

  test.each(locales.map((locale) => [locale]))(
    'of %s never refers to another: it would be shown as it is written',
    (locale) => {
      const files = readdirSync(`${folder}/${locale}`).filter((file) => file.endsWith('.json'));
      const referring = files.filter((file) =>
        readFileSync(`${folder}/${locale}/${file}`, 'utf8').includes('$t('),
      );

      expect(files.length).toBeGreaterThan(0);
      expect(referring).toEqual([]);
    },
  );
});
