import type { ArchiveFiles } from './archive-file.zlib.ts';
import { readArchiveLine } from './backup-archive.ts';
import type { CollectionSummary, LineDigest } from './backup-archive.ts';
import type { CheckArchive, CheckedArchive } from './check-archive.ts';
import type { DatabaseCopyStore, StagedCollection } from './database-copy.store.ts';
import type { RestoreKeys } from './restore-keys.ts';
import { refusal } from './backup-refusal.ts';

/** What restoring needs. */
export interface RestoreDatabaseDeps {
  readonly copy: DatabaseCopyStore;
  readonly files: Pick<ArchiveFiles, 'read'>;
  readonly checkArchive: CheckArchive;
  readonly createDigest: () => LineDigest;
  readonly keys: RestoreKeys;
}

/** What a person at the terminal decided. */
export interface RestoreChoices {
  /** Replaces what is in the database. */
  readonly replace: boolean;
  /** Restores although the keys at hand are not those of the archive. */
  readonly otherKeys: boolean;
}

/**
 * Puts an archive in place of an empty database, or of a full one when told so. The archive is read to its end first;
 * then everything is stored aside, compared with the archive, and only then put in place: until then nothing that was
 * there is touched. Throws `database_not_empty`, `backup_keys_missing`, and what checking throws.
 */
export type RestoreDatabase = (file: string, choices: RestoreChoices) => Promise<CheckedArchive>;

/** What was erased or silenced since the backup stays known: at its next start the service erases again what came back. */
const erasureMarks = ['erasedAdmissions', 'erasedContacts', 'erasures'] as const;
/** What was agreed to and refused: entries are never changed, so those of both databases are the whole ledger, and what was said last stands. */
const ledgers = ['consents'] as const;
/** A death may have taken the place of a wish since: what stands now is newer. */
const newerStates = ['silences'] as const;

/** Builds the use case. Indexes are not in the archive: every start of the service builds them. */
export function createRestoreDatabase(deps: RestoreDatabaseDeps): RestoreDatabase {
  const { copy, files, keys } = deps;
  return async (file, { replace, otherKeys }) => {
    const checked = await deps.checkArchive(files.read(file));
    if (!replace && !(await copy.isEmpty())) throw notEmpty();
    const installKeys = keys.choose(checked.header.keys, file, otherKeys);
    await copy.discardStaged();
    const { collections } = checked.manifest;
    await stageAll(deps, file);
    for (const collection of collections) await compare(deps, collection);
    const carried = [
      ...(await copy.carryOver([...erasureMarks, ...ledgers], 'missing')),
      ...(await copy.carryOver(newerStates, 'all')),
    ];
    await copy.putInPlace([...new Set([...collections.map(({ name }) => name), ...carried])]);
    installKeys();
    return checked;
  };
}

async function stageAll({ files, copy }: RestoreDatabaseDeps, file: string): Promise<void> {
  let collection: StagedCollection | null = null;
  for await (const line of files.read(file)) {
    const read = readArchiveLine(line);
    if (read.kind === 'document') await collection?.add(read.text);
    if (read.kind !== 'collection') continue;
    await collection?.end();
    collection = await copy.stage(read.name);
  }
  await collection?.end();
}

async function compare(deps: RestoreDatabaseDeps, told: CollectionSummary): Promise<void> {
  const digest = deps.createDigest();
  let documents = 0;
  for await (const line of deps.copy.stagedLines(told.name)) {
    digest.add(line);
    documents += 1;
  }
  if (documents === told.documents && digest.hex() === told.sha256) return;
  throw refusal(
    'restore_differs',
    `The database did not keep the collection ${told.name} as it is in the archive: nothing was put in place.`,
  );
}

function notEmpty(): Error {
  return refusal(
    'database_not_empty',
    'There are data in the database already, and nothing was touched. To replace them by the archive, add --replace.',
  );
}
