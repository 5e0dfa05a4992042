import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';
import type { Resource } from 'i18next';
import type { Translate } from './i18n.ts';
import { locales } from './localized-text.ts';

function readCatalogues(folder: string): Resource {
  return Object.fromEntries(
    locales.map((locale) => [
      locale,
      Object.fromEntries(
        readdirSync(join(folder, locale))
          .filter((file) => file.endsWith('.json'))
          .map((file) => [
            file.slice(0, -'.json'.length),
            JSON.parse(readFileSync(join(folder, locale, file), 'utf8')) as Resource[string],
          ]),
      ),
    ]),
  );
}

/**
 * Texts from `config/locales/<locale>/<namespace>.json`. Throws on a key that no catalogue has: a blank on a patient's
 * screen is worse than a failing test. Escaping is the template's, not the catalogue's.
 */
export function createTranslate(folder: string): Translate {
  const instance = createInstance();
  void instance.init({
    resources: readCatalogues(folder),
    lng: 'zh-Hans',
    fallbackLng: 'zh-Hans',
    initAsync: false,
    interpolation: { escapeValue: false },
    returnEmptyString: true,
  });
  return (locale, key, values) => {
    const options = { ...values, lng: locale };
    // A branch of the catalogue is not a text: i18next would print a sentence about it.
    const text: unknown = instance.exists(key, options)
      ? instance.t(key, { ...options, returnObjects: true })
      : null;
    if (typeof text !== 'string') throw new Error(`No text for ${key} in ${locale}.`);
    return text;
  };
}
