import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { mongo } from 'mongoose';
import { archiveFiles } from '../../src/backup/archive-file.zlib.ts';
import { createBackUpDatabase } from '../../src/backup/back-up-database.ts';
import { createCheckArchive } from '../../src/backup/check-archive.ts';
import { createDatabaseCopyStore } from '../../src/backup/database-copy.store.ts';
import { createLineDigest } from '../../src/backup/line-digest.crypto.ts';
import { systemClock } from '../../src/shared/clock.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { collectionsOf, openBackupWorld, put, stored } from './backup-world.ts';
import type { BackupWorld } from './backup-world.ts';

const { Int32, Double, Long, Binary, Decimal128 } = mongo.BSON;
const plain = { replace: false, otherKeys: false };

let world: BackupWorld;
let archive: string;
let source: TestDatabase;
let target: TestDatabase;

beforeEach(async () => {
  world = await openBackupWorld();
  ({ archive, source, target } = world);
});

afterEach(() => world.end());

describe('a restored database', () => {
  test('has every document with its types and the order of its fields, and empty collections too', async () => {
    const odd = {
      _id: '一',
      z: new Int32(5),
      a: new Double(5),
      long: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('0.10'),
      at: new Date('2026-10-20T00:00:00.001Z'),
      bytes: new Binary(Buffer.from([0, 255, 10])),
      none: null,
      text: 'line\nfeed \u2028 "quoted" \\ 💚 $dollar',
      nested: { b: [1, [2, { c: true }]], $date: 'no date' },
      list: [],
    };
    await put(source, 'odd', [odd, { _id: 'second' }]);
    await source.connection.createCollection('nothingYet');

    await world.backUp();
    await world.sliceOn(target.connection).restore(archive, plain);

    const [before, after] = [await stored(source, 'odd'), await stored(target, 'odd')];
    expect(after).toEqual(before);
    expect(mongo.BSON.serialize({ all: after })).toEqual(mongo.BSON.serialize({ all: before }));
    expect(await collectionsOf(target)).toEqual(['nothingYet', 'odd']);
  });

  test('keeps the order of many documents over many batches, checked by the hash of each collection', async () => {
    const documents = Array.from({ length: 2_500 }, () => ({ _id: randomBytes(8).toString('hex') }));
    await put(source, 'many', documents);

    const { manifest } = await world.sliceOn(source.connection).backUp(archive);
    world.sliceOn(source.connection).backUpKeys(archive);
    await world.sliceOn(target.connection).restore(archive, plain);

    expect(manifest.collections).toMatchObject([{ name: 'many', documents: 2_500 }]);
    expect(await stored(target, 'many')).toEqual(documents);
  });

  test('has no session: who was logged in logs in again', async () => {
    await put(source, 'sessions', [{ _id: 'secret-session' }]);
    await put(source, 'accounts', [{ _id: 'a' }]);

    await world.backUp();

    expect(gunzipSync(readFileSync(archive)).toString()).not.toContain('secret-session');
  });
});

test('while people write, whatever is in the archive has in it what was written before it', async () => {
  // The service writes the response of a call, then its attempt: after each collection that was read, somebody does both.
  await put(source, 'followUpCalls', [{ _id: 'first' }]);
  await put(source, 'surveyResponses', [{ _id: 'first' }]);
  const copy = createDatabaseCopyStore(source.connection);
  const backUp = createBackUpDatabase({
    copy: {
      ...copy,
      lines: async function* (name) {
        yield* copy.lines(name);
        await put(source, 'surveyResponses', [{ _id: `after ${name}` }]);
        await put(source, 'followUpCalls', [{ _id: `after ${name}` }]);
      },
    },
    files: archiveFiles,
    checkArchive: createCheckArchive(createLineDigest),
    createDigest: createLineDigest,
    clock: systemClock,
    serviceVersion: '1.2.3',
    processId: process.pid,
    keys: '',
  });

  await backUp(archive);

  const sections = gunzipSync(readFileSync(archive)).toString('utf8').split('#collection ');
  const ids = (name: string): readonly string[] => {
    const section = sections.find((text) => text.startsWith(`${name}\n`)) ?? '';
    return [...section.matchAll(/^\{"_id":"([^"]+)"/gm)].map(([, id = '']) => id);
  };
  expect(ids('followUpCalls')).toEqual(['first']);
  expect(ids('surveyResponses')).toEqual(['first', 'after followUpCalls']);
});

describe('a backup', () => {
  test('overwrites no archive and leaves no half of one', async () => {
    await put(source, 'notes', [{ _id: 'a' }]);
    await world.backUp();
    const before = readFileSync(archive);

    await expect(world.sliceOn(source.connection).backUp(archive)).rejects.toMatchObject({
      code: 'backup_exists',
    });

    expect(readFileSync(archive)).toEqual(before);
    expect(readdirSync(world.folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('of nothing is refused: the address or the folder must be wrong', async () => {
    await expect(world.sliceOn(source.connection).backUp(archive)).rejects.toMatchObject({
      code: 'backup_empty',
    });

    expect(existsSync(archive)).toBe(false);
  });
});
