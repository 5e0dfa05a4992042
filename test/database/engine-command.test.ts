import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { defaultLoaderDir } from '../../src/database/embedded-engine.child-process.ts';
import { engineCommand, isGlibcNewEnough, type Machine } from '../../src/database/engine-command.node.ts';

const machine: Machine = { platform: 'linux', arch: 'x64', glibc: '2.41', node: '/usr/bin/node' };

describe('how the engine is started', () => {
  test('directly where the C library is new enough, and on a Mac', () => {
    const direct = { program: '/usr/bin/node', args: ['host.mjs', '/data'] };
    expect(engineCommand(machine, '/none', 'host.mjs', ['/data'])).toEqual(direct);
    const mac: Machine = { ...machine, platform: 'darwin', arch: 'arm64', glibc: undefined };
    expect(engineCommand(mac, '/none', 'host.mjs', ['/data'])).toEqual(direct);
  });

  test('below glibc 2.38 a missing loader is told with both ways out', () => {
    const old: Machine = { ...machine, glibc: '2.36' };
    expect(() => engineCommand(old, path.join(defaultLoaderDir(), 'none'), 'host.mjs', [])).toThrow(
      /has 2\.36: run "npm run setup", or set MONGODB_URI/u,
    );
  });

  test.each<Machine>([
    { ...machine, glibc: undefined },
    { ...machine, platform: 'win32' },
    { ...machine, arch: 'ia32' },
  ])('a system the engine does not know is told so: %j', (unknown) => {
    expect(() => engineCommand(unknown, '/none', 'host.mjs', [])).toThrow(
      /set MONGODB_URI to a MongoDB server/u,
    );
  });

  test('versions compare as numbers, part by part', () => {
    expect(['2.36', '2.37', '2.4', '1.99'].map(isGlibcNewEnough)).toEqual([false, false, false, false]);
    expect(['2.38', '2.100', '3.0'].map(isGlibcNewEnough)).toEqual([true, true, true]);
  });
});
