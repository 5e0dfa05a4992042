import type { Clock } from '../shared/clock.ts';
import { refusal } from './backup-refusal.ts';
import type { ArchiveFiles } from './archive-file.zlib.ts';
import {
  archiveFormatVersion,
  backupOrder,
  collectionLine,
  headerLine,
  manifestLine,
} from './backup-archive.ts';
import type { ArchiveHeader, CollectionSummary, LineDigest } from './backup-archive.ts';
import type { CheckArchive, CheckedArchive } from './check-archive.ts';
import type { DatabaseCopyStore } from './database-copy.store.ts';

/** What backing up needs. */
export interface BackUpDatabaseDeps {
  readonly copy: Pick<DatabaseCopyStore, 'collections' | 'lines' | 'databaseName'>;
  readonly files: ArchiveFiles;
  readonly checkArchive: CheckArchive;
  readonly createDigest: () => LineDigest;
  readonly clock: Clock;
  readonly serviceVersion: string;
  /** Fingerprint of the keys of this database. */
  readonly keys: string;
  /** Told apart from other writers of the same file. */
  readonly processId: number;
}

/**
 * Writes the whole database into a new archive while the service may go on working, reads the archive back, and only then
 * gives it its name. Throws `backup_exists`, and `backup_empty` when there is nothing in the database.
 */
export type BackUpDatabase = (file: string) => Promise<CheckedArchive>;

/** Builds the use case. */
export function createBackUpDatabase(deps: BackUpDatabaseDeps): BackUpDatabase {
  return async (file) => {
    if (deps.files.exists(file))
      throw refusal('backup_exists', `${file} is there already: choose another name.`);
    const draft = `${file}.${String(deps.processId)}.partial`;
    try {
      await deps.files.write(draft, archiveLines(deps));
      const checked = await deps.checkArchive(deps.files.read(draft));
      await deps.files.moveIntoPlace(draft, file);
      return checked;
    } finally {
      await deps.files.remove(draft);
    }
  };
}

async function* archiveLines(deps: BackUpDatabaseDeps): AsyncIterable<string> {
  const whole = deps.createDigest();
  for await (const line of contentLines(deps)) {
    if (typeof line !== 'string') {
      const endedAt = deps.clock.now().toISOString();
      yield manifestLine({ endedAt, collections: line, sha256: whole.hex() });
      return;
    }
    whole.add(line);
    yield line;
  }
}

/** Every line before the manifest, and at the end what was in them. */
async function* contentLines(deps: BackUpDatabaseDeps): AsyncIterable<string | readonly CollectionSummary[]> {
  const startedAt = deps.clock.now().toISOString();
  yield headerLine(headerOf(deps, startedAt));
  const collections: CollectionSummary[] = [];
  for (const name of backupOrder(await deps.copy.collections())) {
    yield collectionLine(name);
    const digest = deps.createDigest();
    let documents = 0;
    for await (const line of deps.copy.lines(name)) {
      digest.add(line);
      documents += 1;
      yield line;
    }
    collections.push({ name, documents, sha256: digest.hex() });
  }
  if (collections.every(({ documents }) => documents === 0))
    throw refusal('backup_empty', 'There is nothing to back up here: check DATA_DIR or MONGODB_URI.');
  yield collections;
}

function headerOf(deps: BackUpDatabaseDeps, startedAt: string): ArchiveHeader {
  return {
    format: 'patient-satisfaction-backup',
    formatVersion: archiveFormatVersion,
    serviceVersion: deps.serviceVersion,
    database: deps.copy.databaseName(),
    startedAt,
    keys: deps.keys,
  };
}
