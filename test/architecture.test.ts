import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { configReadme } from '../src/shared/config-readme.ts';
import { configKeys, defaultConfig } from '../src/shared/config.ts';
import { projectRoot } from '../src/shared/project-root.node.ts';
import { sourceFiles } from './support/source-files.ts';
import type { SourceFile, SourceImport } from './support/source-files.ts';

const root = projectRoot();
const files = sourceFiles('src', '.ts').filter(({ path }) => !path.startsWith('src/web/'));

/** Libraries without I/O and without a clock of their own that rules may use. */
const pureLibraries = new Set(['temporal-polyfill']);
const entryFiles = new Set(
  files
    .map(({ path }) => path)
    .filter((path) =>
      /^src\/(main|start-service|welcome|parts|settings|app|listeners|compose(-[\w-]+)?)\.ts$/u.test(path),
    ),
);
const layers = new Set(['http', 'database', 'shared']);

const sliceOf = (path: string): string => path.split('/')[1] ?? '';
const suffixOf = (path: string): string => /\.([\w-]+)\.ts$/.exec(basename(path))?.[1] ?? '';
const known = new Set(['store', 'schema', 'routes', 'pages', 'job', 'wiring', 'view-model']);
const isAdapter = (path: string): boolean => suffixOf(path) !== '' && !known.has(suffixOf(path));
/** Rules, types and use cases: no suffix, in a slice or in shared/. */
const isPlain = (path: string): boolean => suffixOf(path) === '' || suffixOf(path) === 'view-model';

function offences(
  chosen: (file: SourceFile) => boolean,
  allowed: (imported: SourceImport, file: SourceFile) => boolean,
): readonly string[] {
  return files
    .filter(chosen)
    .flatMap((file) =>
      file.imports
        .filter((imported) => !allowed(imported, file))
        .map((imported) => `${file.path} imports ${imported.target}`),
    );
}

/** Packages whose values a file uses, without `node:` modules. */
function librariesOf(file: SourceFile): ReadonlySet<string> {
  return new Set(
    file.imports
      .filter(({ own, typeOnly, target }) => !own && !typeOnly && !target.startsWith('node:'))
      .map(({ target }) =>
        target
          .split('/')
          .slice(0, target.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
  );
}

const inSlice = ({ path }: SourceFile): boolean => !entryFiles.has(path) && !layers.has(sliceOf(path));

describe('what a file may import', () => {
  test('statistics imports nothing outside statistics', () => {
    const found = offences(
      ({ path }) => sliceOf(path) === 'statistics',
      ({ own, target }) => own && sliceOf(target) === 'statistics',
    );

    expect(found).toEqual([]);
  });

  test('rules, view models and use cases import plain files, and of stores and adapters only the types', () => {
    const found = offences(
      (file) =>
        (inSlice(file) || sliceOf(file.path) === 'shared') &&
        isPlain(file.path) &&
        file.path !== 'src/shared/config.ts',
      ({ own, target, typeOnly }) => {
        if (!own) return pureLibraries.has(target);
        if (isPlain(target) && !['http'].includes(sliceOf(target))) return true;
        return typeOnly;
      },
    );

    expect(found).toEqual([]);
  });

  test('mongoose stands only in stores and in database/', () => {
    const found = offences(
      ({ path }) => suffixOf(path) !== 'store' && sliceOf(path) !== 'database',
      ({ target, typeOnly }) => !['mongoose', 'mongodb'].includes(target) || typeOnly,
    );

    expect(found).toEqual([]);
  });

  test('a store imports plain files, stores of its slice, mongoose and database/', () => {
    const found = offences(
      ({ path }) => suffixOf(path) === 'store',
      ({ own, target, typeOnly }, { path }) => {
        if (!own) return ['mongoose', 'mongodb'].includes(target);
        const ownStore = suffixOf(target) === 'store' && sliceOf(target) === sliceOf(path);
        return isPlain(target) || typeOnly || ownStore || sliceOf(target) === 'database';
      },
    );

    expect(found).toEqual([]);
  });

  test('a schema imports plain files and joi', () => {
    const found = offences(
      ({ path }) => suffixOf(path) === 'schema',
      ({ own, target }) => (own ? isPlain(target) || suffixOf(target) === 'schema' : target === 'joi'),
    );

    expect(found).toEqual([]);
  });

  test('routes, pages, jobs and wirings import their own slice, http/, jobs/, shared/ and plain files of others', () => {
    const found = offences(
      (file) => inSlice(file) && ['routes', 'pages', 'job', 'wiring'].includes(suffixOf(file.path)),
      ({ own, target, typeOnly }, { path }) => {
        if (!own) return typeOnly;
        const slice = sliceOf(target);
        return slice === sliceOf(path) || layers.has(slice) || isPlain(target) || typeOnly;
      },
    );

    expect(found).toEqual([]);
  });

  test('an adapter imports its library, at most with one companion, and plain files', () => {
    const adapters = files.filter((file) => isAdapter(file.path) && !entryFiles.has(file.path));

    expect(adapters.filter((file) => librariesOf(file).size > 2).map(({ path }) => path)).toEqual([]);
  });

  test('a slice reaches another only through its plain files and types', () => {
    const found = offences(inSlice, ({ own, target, typeOnly }, { path }) => {
      const slice = sliceOf(target);
      if (!own || slice === sliceOf(path) || layers.has(slice)) return true;
      return isPlain(target) || typeOnly;
    });

    expect(found).toEqual([]);
  });

  test('http/, database/ and shared/ import no slice', () => {
    const found = offences(
      ({ path }) => layers.has(sliceOf(path)),
      ({ own, target }) => !own || layers.has(sliceOf(target)),
    );

    expect(found).toEqual([]);
  });

  test('files form no circle, not even of types', () => {
    const byPath = new Map(files.map((file) => [file.path, file]));
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      if (trail.includes(path) || done.has(path)) return;
      for (const { own, target } of byPath.get(path)?.imports ?? []) if (own) visit(target, [...trail, path]);
      done.add(path);
    };

    for (const { path } of files) visit(path, []);

    expect(circles).toEqual([]);
  });

  test('only shared/config.ts reads the environment', () => {
    const readers = files.filter(({ text }) => /process\.env|NODE_ENV/.test(text)).map(({ path }) => path);

    expect(readers).toEqual(['src/shared/config-readme.ts', 'src/shared/config.ts']);
  });

  test('only the system clock asks for the present moment', () => {
    const askers = files
      .filter(({ text }) => /new Date\(\)|Date\.now\(\)/.test(text))
      .map(({ path }) => path)
      .filter((path) => sliceOf(path) !== 'database');

    expect(askers).toEqual(['src/shared/clock.ts']);
  });
});

describe('size', () => {
  const all = [...sourceFiles('src', '.ts'), ...sourceFiles('test', '.ts'), ...sourceFiles('scripts', '.ts')];

  test('no file is longer than 250 lines', () => {
    expect(all.filter(({ lines }) => lines > 250).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  test('half of the source files are shorter than 80 lines', () => {
    const lengths = files.map(({ lines }) => lines).toSorted((a, b) => a - b);

    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(80);
  });
});

describe('what the project says of itself', () => {
  test('no document holds the marks of a merge that was not finished', () => {
    const folders = ['src', 'src/decisions', 'config'].map((folder) => join(root, folder));
    const documents = [root, ...folders].flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.md'))
        .map((name) => join(folder, name)),
    );

    expect(documents.length).toBeGreaterThan(20);
    const marked = documents.filter((file) =>
      /^\s*\\?(?:<{7}|={7}|(?:> ?){7})/mu.test(readFileSync(file, 'utf8')),
    );
    expect(marked).toEqual([]);
  });

  test('config/README.md is what the schema and the defaults say', () => {
    const page = readFileSync(join(root, 'config/README.md'), 'utf8');

    expect(page).toBe(configReadme(configKeys(), defaultConfig(root)));
  });

  test('every exported function, type and constant has a docstring', () => {
    const bare = files.flatMap(({ path, text }) =>
      [...text.matchAll(/(^|\n)([^\n]*)\nexport (?:async )?(?:function|interface|type|const|class) (\w+)/g)]
        .filter(([, , before = '']) => !/\*\/\s*$/.test(before))
        .map(([, , , name = '']) => `${path}: ${name}`),
    );

    expect(bare).toEqual([]);
  });
});
