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

/** What a key that no catalogue has would be answered with: no text holds it. */
const missing = '\u0000';

/**
 * Texts from `config/locales/<locale>/<namespace>.json`. Throws on a key that no catalogue has: a blank on a patient's
 * screen is worse than a failing test. Escaping is the template's, not the catalogue's. No text holds another (`nest`).
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
  const lookUp: Translate = (locale, key, values) => {
    // A branch of the catalogue is not a text: without `returnObjects` i18next would print a sentence about it.
    const options = { ...values, lng: locale, defaultValue: missing, returnObjects: true, nest: false };
    const text: unknown = key === '' ? missing : instance.t(key, options);
    if (typeof text !== 'string' || text === missing) throw new Error(`No text for ${key} in ${locale}.`);
    return text;
  };
  // A text that takes no values is always the same, and a page has hundreds of them.
  const constant = new Map<string, string>();
  return (locale, key, values) => {
    if (values) return lookUp(locale, key, values);
    const name = `${locale} ${key}`;
    const known = constant.get(name);
    if (known !== undefined) return known;
    const text = lookUp(locale, key);
    constant.set(name, text);
    return text;
  };
}
