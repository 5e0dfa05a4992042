import { describe, expect, test } from '@jest/globals';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { locales } from '../../src/shared/localized-text.ts';
import { createTranslate } from '../../src/shared/translator.i18next.ts';

const translate = createTranslate(`${projectRoot()}/config/locales`);

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
});
