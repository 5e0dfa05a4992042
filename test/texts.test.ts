import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isScope } from '../src/api-keys/scope.ts';
import { locales } from '../src/shared/localized-text.ts';
import { projectRoot } from '../src/shared/project-root.node.ts';
import { sourceFiles } from './support/source-files.ts';

const root = projectRoot();
const folder = join(root, 'config/locales');

function leaves(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, part]) =>
    leaves(part, path === '' ? key : `${path}.${key}`),
  );
}

function catalogue(locale: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(join(folder, locale)).flatMap((file) =>
      leaves(JSON.parse(readFileSync(join(folder, locale, file), 'utf8')), '').map(
        ([key, text]) => [`${file.replace(/\.json$/, '')}:${key}`, text] as const,
      ),
    ),
  );
}

const catalogues = new Map(locales.map((locale) => [locale, catalogue(locale)]));
const simplified = catalogues.get('zh-Hans') ?? new Map<string, string>();
const placeholders = (text: string): string =>
  [...text.matchAll(/\{\{\s*(\w+)/g)]
    .map(([, name = '']) => name)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join(',');

const templates = readdirSync(join(root, 'templates'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => ({
    path: relative(root, join(entry.parentPath, entry.name)),
    text: readFileSync(join(entry.parentPath, entry.name), 'utf8'),
  }));

function exists(key: string): boolean {
  const forms = [key, `${key}_one`, `${key}_other`];
  return (
    forms.some((form) => simplified.has(form)) ||
    [...simplified.keys()].some((one) => one.startsWith(`${key}.`))
  );
}

describe('the texts people read', () => {
  test.each(['zh-Hant', 'en'] as const)(
    '%s has every text that Simplified Chinese has, and no other',
    (locale) => {
      const keys = [...(catalogues.get(locale)?.keys() ?? [])].map((key) => key.replace(/_(one|other)$/, ''));

      expect([...new Set(keys)].toSorted()).toEqual(
        [...new Set([...simplified.keys()].map((key) => key.replace(/_(one|other)$/, '')))].toSorted(),
      );
    },
  );

  test.each(['zh-Hant', 'en'] as const)('%s fills in the same values as Simplified Chinese', (locale) => {
    const different = [...(catalogues.get(locale) ?? [])]
      .filter(([key, text]) => {
        const original = simplified.get(key) ?? simplified.get(key.replace(/_one$/, '_other'));
        return (
          original !== undefined && placeholders(original) !== placeholders(text) && !key.endsWith('_one')
        );
      })
      .map(([key]) => key);

    expect(different).toEqual([]);
  });

  test('no text is empty, but for hints that say nothing', () => {
    const empty = [...catalogues].flatMap(([locale, texts]) =>
      [...texts]
        .filter(([key, text]) => text.trim() === '' && !/Hint\./.test(key))
        .map(([key]) => `${locale} ${key}`),
    );

    expect(empty).toEqual([]);
  });

  test('English holds no Chinese character outside names of languages and standards', () => {
    const mixed = [...(catalogues.get('en') ?? [])]
      .filter(
        ([key, text]) =>
          /\p{Script=Han}/u.test(text.replaceAll(/三好一满意|简体中文|繁體中文|简体|繁體/g, '')) &&
          !/language/i.test(key),
      )
      .map(([key]) => key);

    expect(mixed).toEqual([]);
  });

  test('every key that code and templates name exists', () => {
    const inCode = sourceFiles('src', '.ts').flatMap(({ path, text }) =>
      [...text.matchAll(/['"`]([a-z][a-z-]*:[a-z][\w-]*(?:\.[\w-]+)*)['"`]/gi)].map(([, key = '']) => ({
        path,
        key,
      })),
    );
    const inTemplates = templates.flatMap(({ path, text }) =>
      [...text.matchAll(/\(?t '([^']+)'/g)].map(([, key = '']) => ({ path, key })),
    );
    const namespaces = new Set([...simplified.keys()].map((key) => key.split(':')[0]));
    const missing = [...inCode, ...inTemplates]
      // A scope of an API key is written like a text’s key.
      .filter(({ key }) => namespaces.has(key.split(':')[0]) && !exists(key) && !isScope(key))
      .map(({ path, key }) => `${path}: ${key}`);

    expect(missing).toEqual([]);
  });

  test('every problem the code can answer has words in the person’s language', () => {
    const codes = sourceFiles('src', '.ts').flatMap(({ text }) =>
      [...text.matchAll(/new DomainError\(\s*'[\w-]+',\s*'([a-z_]+)'/g)].map(([, code = '']) => code),
    );

    expect([...new Set(codes)].filter((code) => !simplified.has(`problems:code.${code}`)).toSorted()).toEqual(
      [],
    );
  });
});
