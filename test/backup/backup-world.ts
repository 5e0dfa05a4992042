import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wireBackup } from '../../src/backup/backup.wiring.ts';
import type { BackupDeps, BackupSlice } from '../../src/backup/backup.wiring.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { contentHash } from '../../src/shared/content-hash.crypto.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

/** Two databases, a folder for archives, and the keys of an evaluation on the first database. */
export interface BackupWorld {
  readonly folder: string;
  readonly archive: string;
  readonly source: TestDatabase;
  readonly target: TestDatabase;
  readonly sourceKeys: string;
  readonly targetKeys: string;
  readonly sliceOn: (connection: TestDatabase['connection'], changes?: Partial<BackupDeps>) => BackupSlice;
  /** Writes the archive of the first database and its keys. */
  readonly backUp: () => Promise<void>;
  readonly end: () => Promise<void>;
}

const key = (): string => randomBytes(32).toString('base64');

/** Fresh keys as an evaluation keeps them. */
export function newKeys(): string {
  return JSON.stringify({ encryption: key(), blindIndex: key(), audit: key() });
}

/** Opens the world; call `end` afterwards. */
export async function openBackupWorld(): Promise<BackupWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'backup-'));
  const [sourceKeys, targetKeys] = [join(folder, 'source-keys.json'), join(folder, 'target-keys.json')];
  const archive = join(folder, 'archive.gz');
  writeFileSync(sourceKeys, newKeys(), { mode: 0o600 });
  const [source, target] = [await openTestDatabase(), await openTestDatabase()];
  const sliceOn: BackupWorld['sliceOn'] = (connection, changes = {}) =>
    wireBackup({
      connection,
      clock: systemClock,
      serviceVersion: '1.2.3',
      processId: process.pid,
      keys: { encryption: null, blindIndex: null, audit: null },
      keysFile: connection === source.connection ? sourceKeys : targetKeys,
      hash: contentHash,
      ...changes,
    });
  return {
    folder,
    archive,
    source,
    target,
    sourceKeys,
    targetKeys,
    sliceOn,
    backUp: async () => {
      const slice = sliceOn(source.connection);
      await slice.backUp(archive);
      slice.backUpKeys(archive);
    },
    end: async () => {
      await source.drop();
      await target.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Stores documents. */
export async function put(
  { connection }: TestDatabase,
  collection: string,
  documents: Record<string, unknown>[],
): Promise<void> {
  await connection.collection(collection).insertMany(documents);
}

/** What is stored, with every number as its own type. */
export async function stored({ connection }: TestDatabase, collection: string): Promise<readonly unknown[]> {
  return connection.collection(collection).find({}, { promoteValues: false }).toArray();
}

/** The names of a database's collections. */
export async function collectionsOf({ connection }: TestDatabase): Promise<readonly string[]> {
  return (await connection.listCollections()).map(({ name }) => name).toSorted();
}
