import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { mongo } from 'mongoose';
import { headerLine, manifestLine, readArchiveLine } from '../../src/backup/backup-archive.ts';
import { createLineDigest } from '../../src/backup/line-digest.crypto.ts';
import { contentHash } from '../../src/shared/content-hash.crypto.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { collectionsOf, newKeys, openBackupWorld, put, stored } from './backup-world.ts';
import type { BackupWorld } from './backup-world.ts';

const plain = { replace: false, otherKeys: false };
const replacing = { replace: true, otherKeys: false };

let world: BackupWorld;
let archive: string;
let source: TestDatabase;
let target: TestDatabase;

beforeEach(async () => {
  world = await openBackupWorld();
  ({ archive, source, target } = world);
});

afterEach(() => world.end());

function lines(): readonly string[] {
  return gunzipSync(readFileSync(archive)).toString('utf8').split('\n');
}

/** Writes the archive again with these fingerprints in its header, whole. */
function writeWithKeys(keys: string): void {
  const [head, ...documents] = lines().map((line) => readArchiveLine(line));
  const manifest = documents.findLast(({ kind }) => kind === 'manifest');
  if (head?.kind !== 'header' || manifest?.kind !== 'manifest') throw new Error('That is no archive.');
  const written = [headerLine({ ...head.header, keys }), ...lines().slice(1, -2)];
  const digest = createLineDigest();
  for (const line of written) digest.add(line);
  const last = manifestLine({ ...manifest.manifest, sha256: digest.hex() });
  writeFileSync(archive, gzipSync(`${[...written, last].join('\n')}\n`));
}

/** A database that says it has stored a batch and leaves out its last document. */
function withLoss(db: mongo.Db): mongo.Db {
  return new Proxy(db, {
    get: (on, name) => {
      if (name !== 'createCollection') {
        const found: unknown = Reflect.get(on, name, on);
        return typeof found === 'function' ? (found as (...all: unknown[]) => unknown).bind(on) : found;
      }
      return async (collection: string) => {
        const real = await on.createCollection(collection);
        return {
          insertMany: async (all: mongo.Document[]) => {
            if (all.length > 1) await real.insertMany(all.slice(0, -1));
          },
        };
      };
    },
  });
}

describe('a restore', () => {
  beforeEach(async () => {
    await put(source, 'notes', [{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }]);
    await put(source, 'other', [{ _id: 'd' }]);
    await world.backUp();
  });

  test('over data is refused; with --replace the database is the archive and nothing else', async () => {
    await put(target, 'notes', [{ _id: 'new' }]);
    await put(target, 'later', [{ _id: 'new' }]);

    await expect(world.sliceOn(target.connection).restore(archive, plain)).rejects.toMatchObject({
      code: 'database_not_empty',
    });
    expect(await stored(target, 'notes')).toEqual([{ _id: 'new' }]);

    await world.sliceOn(target.connection).restore(archive, replacing);
    expect(await stored(target, 'notes')).toEqual([{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }]);
    expect(await collectionsOf(target)).toEqual(['notes', 'other']);
  });

  test.each<[string, () => Buffer, string]>([
    ['cut', () => readFileSync(archive).subarray(0, -20), 'backup_damaged'],
    ['cut between two lines', () => gzipSync(lines().slice(0, 4).join('\n')), 'backup_damaged'],
    [
      'short of a document',
      () =>
        gzipSync(
          lines()
            .filter((line) => !line.includes('"b"'))
            .join('\n'),
        ),
      'backup_damaged',
    ],
    ['changed in a document', () => gzipSync(lines().join('\n').replace('"b"', '"x"')), 'backup_damaged'],
    ['changed in its header', () => gzipSync(lines().join('\n').replace('1.2.3', '1.2.4')), 'backup_damaged'],
    ['changed by a bit', () => Buffer.from(readFileSync(archive)).fill(7, 60, 61), 'backup_damaged'],
    ['no archive', () => Buffer.from('not compressed'), 'backup_damaged'],
    ['another file of lines', () => gzipSync('{"a":1}\n'), 'backup_unknown'],
    [
      'of a later format',
      () => gzipSync(lines().join('\n').replace('"formatVersion":1', '"formatVersion":9')),
      'backup_unknown',
    ],
  ])('of an archive that is %s is refused before anything is touched', async (_what, damage, code) => {
    await put(target, 'notes', [{ _id: 'kept' }]);
    writeFileSync(archive, damage());

    await expect(world.sliceOn(target.connection).restore(archive, replacing)).rejects.toMatchObject({
      code,
    });

    expect(await stored(target, 'notes')).toEqual([{ _id: 'kept' }]);
    expect(await collectionsOf(target)).toEqual(['notes']);
  });

  test('that is interrupted leaves what was there, and the next one starts anew', async () => {
    await put(target, 'notes', [{ _id: 'kept' }]);
    await put(target, 'restoring.notes', [{ _id: 'half' }]);

    await world.sliceOn(target.connection).restore(archive, replacing);

    expect(await stored(target, 'notes')).toEqual([{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }]);
  });

  test('whose copy in the database is not that of the archive puts nothing in place', async () => {
    await put(target, 'notes', [{ _id: 'kept' }]);
    const lossy = { db: withLoss(target.connection.db as mongo.Db) } as TestDatabase['connection'];

    await expect(world.sliceOn(lossy).restore(archive, replacing)).rejects.toMatchObject({
      code: 'restore_differs',
    });

    expect(await stored(target, 'notes')).toEqual([{ _id: 'kept' }]);
  });
});

describe('the keys of an archive', () => {
  beforeEach(async () => {
    await put(source, 'notes', [{ _id: 'a' }]);
    await world.backUp();
  });

  test('become those of an evaluation that has none, for their owner only', async () => {
    await world.sliceOn(target.connection).restore(archive, plain);

    expect(readFileSync(world.targetKeys)).toEqual(readFileSync(world.sourceKeys));
  });

  test('that are missing or others stop the restore, unless other keys are wanted', async () => {
    rmSync(`${archive}.keys`);
    await expect(world.sliceOn(target.connection).restore(archive, plain)).rejects.toMatchObject({
      code: 'backup_keys_missing',
    });
    writeFileSync(world.targetKeys, newKeys());
    await expect(world.sliceOn(target.connection).restore(archive, plain)).rejects.toMatchObject({
      code: 'backup_keys_missing',
    });
    expect(await stored(target, 'notes')).toEqual([]);

    await world.sliceOn(target.connection).restore(archive, { replace: false, otherKeys: true });
    expect(await stored(target, 'notes')).toEqual([{ _id: 'a' }]);
  });

  test('set in the configuration are compared too, and need no file', async () => {
    const kept = JSON.parse(readFileSync(world.sourceKeys, 'utf8')) as Record<string, string>;
    const configured = {
      encryption: [kept['encryption'] ?? ''],
      blindIndex: kept['blindIndex'] ?? '',
      audit: kept['audit'] ?? '',
    };
    const other = randomBytes(32).toString('base64');

    for (const changed of [{ encryption: [other] }, { blindIndex: other }, { audit: other }]) {
      const keys = { ...configured, ...changed };
      await expect(world.sliceOn(target.connection, { keys }).restore(archive, plain)).rejects.toMatchObject({
        code: 'backup_keys_missing',
        message: expect.stringContaining('ENCRYPTION_KEY, BLIND_INDEX_KEY and AUDIT_KEY'),
      });
      expect(await collectionsOf(target)).toEqual([]);
    }
    await world.sliceOn(target.connection, { keys: configured }).restore(archive, plain);

    expect(existsSync(world.targetKeys)).toBe(false);
    expect(world.sliceOn(target.connection, { keys: configured }).backUpKeys(archive)).toBeNull();
  });

  test('of before the audit trail had one are enough for an archive of that time', async () => {
    const kept = JSON.parse(readFileSync(world.sourceKeys, 'utf8')) as Record<string, string>;
    const { encryption, blindIndex } = kept;
    writeWithKeys(contentHash([encryption, blindIndex]));
    const audit = randomBytes(32).toString('base64');
    writeFileSync(world.targetKeys, JSON.stringify({ encryption, blindIndex, audit }));

    await world.sliceOn(target.connection).restore(archive, plain);

    expect(await stored(target, 'notes')).toEqual([{ _id: 'a' }]);
  });
});

test('what was erased on request since the backup stays known in the database that is replaced', async () => {
  await put(source, 'erasures', [{ _id: 'in both', at: 1 }]);
  await world.backUp();
  await put(target, 'erasures', [{ _id: 'in both', at: 2 }, { _id: 'later' }]);
  await put(target, 'erasedAdmissions', [{ _id: 'key' }]);
  await put(target, 'notes', [{ _id: 'new' }]);
  writeFileSync(world.targetKeys, readFileSync(world.sourceKeys));

  await world.sliceOn(target.connection).restore(archive, replacing);

  expect(JSON.parse(JSON.stringify(await stored(target, 'erasures')))).toEqual([
    { _id: 'in both', at: 1 },
    { _id: 'later' },
  ]);
  expect(await collectionsOf(target)).toEqual(['erasedAdmissions', 'erasures']);
});

test('what was refused since the backup stays refused, and a death recorded since stands before the wish in the archive', async () => {
  await put(source, 'consents', [
    { _id: 'granted before', at: 1 },
    { _id: 'only in the archive', at: 2 },
  ]);
  await put(source, 'silences', [
    { _id: 'since deceased', kind: 'do-not-contact' },
    { _id: 'since lifted', kind: 'do-not-contact' },
  ]);
  await world.backUp();
  await put(target, 'consents', [
    { _id: 'granted before', at: 1 },
    { _id: 'refused later', at: 3 },
  ]);
  await put(target, 'silences', [{ _id: 'since deceased', kind: 'deceased' }]);
  await put(target, 'erasedContacts', [{ _id: 'key' }]);
  writeFileSync(world.targetKeys, readFileSync(world.sourceKeys));

  await world.sliceOn(target.connection).restore(archive, replacing);

  const ids = async (name: string): Promise<readonly unknown[]> =>
    (await stored(target, name)).map((one) => (one as { readonly _id: string })._id);
  expect(await ids('consents')).toEqual(['granted before', 'only in the archive', 'refused later']);
  expect(await stored(target, 'silences')).toEqual([
    { _id: 'since deceased', kind: 'deceased' },
    { _id: 'since lifted', kind: 'do-not-contact' },
  ]);
  expect(await ids('erasedContacts')).toEqual(['key']);
});
