import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../src/shared/project-root.node.ts';

/* The set-up that stands before `npm start` and every operating command, in a folder of its own with a build of one line. */

let folder: string;

const write = (file: string, content: string): void => {
  mkdirSync(join(folder, file, '..'), { recursive: true });
  writeFileSync(join(folder, file), content);
};
const real = JSON.parse(readFileSync(join(projectRoot(), 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, { readonly dev?: true; readonly version: string }>>;
};
const isDev = (name: string): boolean => real.packages[`node_modules/${name}`]?.dev === true;
const needed = ['typescript', 'esbuild', '@types/node', 'express'] as const;

/** A lock file of some of the real one's packages. */
function locked(names: readonly string[]): string {
  const folders = names.map((name) => `node_modules/${name}`);
  return JSON.stringify({ packages: Object.fromEntries(folders.map((at) => [at, real.packages[at]])) });
}

/** As npm leaves it: the folders, and what it says it has installed. */
function install(names: readonly string[]): void {
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  for (const name of names) write(`node_modules/${name}/package.json`, '{}');
  write('node_modules/.package-lock.json', locked(names));
  write('package-lock.json', locked(needed));
}

function setUp(): { readonly code: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/setup.mjs', 'start'], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder },
    encoding: 'utf8',
  });
  return { code: status, output: stdout + stderr };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'setup-'));
  for (const part of ['setup', 'setup.mjs'])
    cpSync(join(projectRoot(), 'scripts', part), join(folder, 'scripts', part), { recursive: true });
  const build = "require('fs').appendFileSync('built', '+')";
  write('package.json', JSON.stringify({ name: 'tried', scripts: { build: `node -e "${build}"` } }));
  write('src/main.ts', 'first');
  write('dist/src/main.js', 'first');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the set-up before a command', () => {
  test('leaves a production installation as it was built: a compiler alone cannot build', () => {
    const kept = needed.filter((name) => !isDev(name));
    expect(kept).toEqual(['typescript', 'express']);
    install(kept);

    expect(setUp()).toEqual({ code: 0, output: '' });
  });

  test('builds where the packages for it are installed, once for each change of the sources', () => {
    install(needed);

    expect(setUp().output).toContain('building');
    expect(setUp()).toEqual({ code: 0, output: '' });
    write('src/main.ts', 'second');
    expect(setUp().output).toContain('building');
    expect(readFileSync(join(folder, 'built'), 'utf8')).toBe('++');
  });
});
