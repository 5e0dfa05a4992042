import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAllowed, refusedPackages } from '../../scripts/supply-chain/licence-rule.ts';
import { lockedPackages } from '../../scripts/supply-chain/locked-packages.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';

const shipped = readFileSync(join(projectRoot(), 'package-lock.json'), 'utf8');

/** The shipped lock file with one more package in it. */
function withPackage(path: string, entry: object): string {
  const lock = JSON.parse(shipped) as { packages: Record<string, object> };
  return JSON.stringify({ ...lock, packages: { ...lock.packages, [path]: { version: '1.0.0', ...entry } } });
}

const refusedNames = (lock: string): readonly string[] =>
  refusedPackages(lockedPackages(lock)).map(({ name }) => name);

describe('licences of the packages', () => {
  test('every package of production as shipped has an allowed licence', () => {
    expect(refusedNames(shipped)).toEqual([]);
  });

  test.each([
    ['a copyleft licence', { license: 'GPL-3.0-only' }],
    ['no licence', {}],
    ['a sentence', { license: 'SEE LICENSE IN licence.txt' }],
    ['an old list of licences', { license: ['MIT'] }],
  ])('a package of production with %s is refused, however deep it lies', (_name, entry) => {
    expect(refusedNames(withPackage('node_modules/express/node_modules/planted', entry))).toEqual([
      'planted',
    ]);
  });

  test('a package that only development needs is listed but not refused', () => {
    const lock = withPackage('node_modules/@some/tool', { license: 'GPL-3.0-only', dev: true });

    expect(refusedNames(lock)).toEqual([]);
    expect(lockedPackages(lock)).toContainEqual({
      name: '@some/tool',
      version: '1.0.0',
      licence: 'GPL-3.0-only',
      development: true,
    });
  });

  test('a package that both need is production’s', () => {
    const lock = withPackage('node_modules/express/node_modules/jest', { version: '30.5.2', license: 'MIT' });

    expect(lockedPackages(lock).filter(({ name }) => name === 'jest')).toEqual([
      { name: 'jest', version: '30.5.2', licence: 'MIT', development: false },
    ]);
  });

  test.each([
    ['MIT', true],
    ['(MIT OR GPL-2.0)', true],
    ['GPL-2.0 OR MIT', true],
    ['MIT AND GPL-2.0', false],
    ['MIT OR GPL-2.0 AND GPL-3.0', true],
    ['(MIT OR GPL-2.0) AND GPL-3.0', false],
    ['GPL-2.0 WITH Classpath-exception-2.0', false],
    ['MIT WITH Classpath-exception-2.0', false],
    ['mit', false],
    ['MIT MIT', false],
    ['(MIT', false],
    ['MIT OR', false],
    ['MIT AND', false],
    ['', false],
    [null, false],
  ])('%s: %s', (licence, allowed) => {
    expect(isAllowed(licence)).toBe(allowed);
  });
});
