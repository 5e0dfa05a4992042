import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Schema } from 'mongoose';
import { defineCollection } from '../../src/database/collection.ts';
import { type Database, type DatabaseOptions, openDatabase } from '../../src/database/connect.ts';
import { isDatabaseUnavailable, isDuplicateKey } from '../../src/database/database-error.ts';
import {
  type EmbeddedEngine,
  startEmbeddedEngine,
} from '../../src/database/embedded-engine.child-process.ts';
import { socketFolder } from '../../src/database/engine-folder.node.ts';
import { eventually } from '../support/eventually.ts';
import { openTestDatabase } from '../support/test-database.ts';

interface Note {
  _id: string;
  month: string;
}

const noteSchema = new Schema<Note>({
  _id: { type: String, required: true },
  month: { type: String, required: true },
});
noteSchema.index({ month: 1 }, { unique: true });
noteSchema.index({ month: -1, _id: 1 });

const plainSchema = new Schema<Note>({ _id: { type: String, required: true }, month: { type: String } });

const cleanups: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function emptyDataDir(): string {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'patient-sat-connect-'));
  cleanups.push(() => {
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(socketFolder(dataDir), { recursive: true, force: true });
  });
  return dataDir;
}

async function startEngine(dataDir: string): Promise<EmbeddedEngine> {
  const engine = await startEmbeddedEngine({ dataDir, backoff: { firstMs: 10, longestMs: 100 } });
  cleanups.push(engine.stop);
  return engine;
}

function open(uri: string, more: Partial<DatabaseOptions> = {}): Database {
  const database = openDatabase({
    uri,
    dbName: 'notes',
    serverSelectionTimeoutMs: 300,
    retryMs: 20,
    ...more,
  });
  cleanups.push(database.close);
  return database;
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('It was expected to fail.');
}

/** Writes as a caller with an idempotency key does: again with the same key until it is acknowledged. */
async function insertSurely(insert: () => Promise<unknown>): Promise<void> {
  await eventually('an acknowledged insert', async () => {
    try {
      await insert();
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return true;
      if (isDatabaseUnavailable(error)) return false;
      throw error;
    }
  });
}

describe('the open database', () => {
  test('asks for the majority and the journal on every write', async () => {
    const database = await openTestDatabase();
    cleanups.push(database.drop);
    expect(database.connection.getClient().writeConcern).toMatchObject({ w: 'majority', journal: true });
  });

  test('goes on with the same object after its engine was killed, and no acknowledged document is lost', async () => {
    const dataDir = emptyDataDir();
    const engine = await startEngine(dataDir);
    const database = open(engine.uri, { serverSelectionTimeoutMs: 3_000 });
    const notes = defineCollection<Note>(database.connection, 'notes', noteSchema);
    await database.buildIndexes();
    const keys = Array.from({ length: 200 }, (_, index) => `n${String(index).padStart(3, '0')}`);
    const killed = engine.pid() ?? 0;

    for (const [index, key] of keys.entries()) {
      if (index === 100) process.kill(killed, 'SIGKILL');
      await insertSurely(() => notes.create({ _id: key, month: key }));
    }

    expect(engine.pid()).not.toBe(killed);
    const stored = await notes.find({}, { _id: 1 }).sort({ _id: 1 }).lean<Note[]>();
    expect(stored.map(({ _id }) => _id)).toEqual(keys);
    expect(await database.status()).toEqual({ ready: true });
  });

  test('fails at once while the server was never there, is not ready, and closes', async () => {
    const database = open('mongodb://127.0.0.1:1/?directConnection=true');
    const notes = defineCollection<Note>(database.connection, 'notes', noteSchema);

    const failures = await Promise.all([
      failureOf(notes.findById('n1').lean()),
      failureOf(notes.create({ _id: 'n1', month: 'm1' })),
      failureOf(notes.aggregate([{ $match: {} }]).exec()),
      failureOf(notes.bulkWrite([{ deleteOne: { filter: { _id: 'n1' } } }])),
    ]);

    expect(failures.map(isDatabaseUnavailable)).toEqual([true, true, true, true]);
    expect(await database.status()).toEqual({ ready: false, reason: 'The database does not answer.' });
  });

  test('is ready, with its indexes, when the server comes later than the service', async () => {
    const dataDir = emptyDataDir();
    const { uri, stop } = await startEngine(dataDir);
    await stop();
    const database = open(uri);
    const notes = defineCollection<Note>(database.connection, 'notes', noteSchema);
    const built = database.buildIndexes();
    expect(await database.ping()).toBe(false);

    await startEngine(dataDir);
    await built;

    expect(await database.status()).toEqual({ ready: true });
    expect(Object.keys(await notes.collection.indexInformation())).toEqual([
      '_id_',
      'month_1',
      'month_-1__id_1',
    ]);
  });

  test('fails within the limit while the server is gone and works again when it is back', async () => {
    const dataDir = emptyDataDir();
    const engine = await startEngine(dataDir);
    const database = open(engine.uri);
    const notes = defineCollection<Note>(database.connection, 'notes', noteSchema);
    await database.buildIndexes();
    await notes.create({ _id: 'n1', month: '2026-10' });

    await engine.stop();
    expect(isDatabaseUnavailable(await failureOf(notes.findById('n1').lean()))).toBe(true);
    expect(isDatabaseUnavailable(await failureOf(notes.create({ _id: 'n2', month: '2026-11' })))).toBe(true);
    expect(await database.status()).toEqual({ ready: false, reason: 'The database does not answer.' });

    await startEngine(dataDir);
    await eventually('the database is ready', async () => (await database.status()).ready);
    expect(await notes.findById('n1').lean()).toEqual({ _id: 'n1', month: '2026-10' });
  });

  test('stays not ready with the name of a unique index that cannot be built, and without any value', async () => {
    const { uri, dbName, connection, drop } = await openTestDatabase();
    cleanups.push(drop);
    const before = defineCollection<Note>(connection, 'notes', plainSchema);
    await before.create([
      { _id: 'n1', month: 'secret' },
      { _id: 'n2', month: 'secret' },
    ]);
    const database = open(uri, { dbName });
    defineCollection<Note>(database.connection, 'notes', noteSchema);

    await database.buildIndexes();

    expect(await database.status()).toEqual({
      ready: false,
      reason:
        'The index month_1 of the collection notes cannot be built: it must be unique, and some documents have the same key; remove the duplicates and start again.',
    });
  });

  test('is not ready before its indexes are built', async () => {
    const { uri, dbName, drop } = await openTestDatabase();
    cleanups.push(drop);
    const database = open(uri, { dbName });
    await database.connected();
    expect(await database.status()).toEqual({ ready: false, reason: 'The indexes are not built yet.' });
  });

  test('refuses a malformed address when it is opened', () => {
    expect(() => openDatabase({ uri: 'localhost:27017', dbName: 'notes' })).toThrow(/scheme/u);
  });
});
