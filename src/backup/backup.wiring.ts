import type { Connection } from 'mongoose';
import type { Clock } from '../shared/clock.ts';
import { archiveFiles } from './archive-file.zlib.ts';
import { createBackUpDatabase } from './back-up-database.ts';
import type { BackUpDatabase } from './back-up-database.ts';
import { createCheckArchive } from './check-archive.ts';
import { createDatabaseCopyStore } from './database-copy.store.ts';
import { copyKeys, keysBeside, readKeys } from './key-files.node.ts';
import { createLineDigest } from './line-digest.crypto.ts';
import { createRestoreDatabase } from './restore-database.ts';
import type { RestoreDatabase } from './restore-database.ts';
import { createRestoreKeys } from './restore-keys.ts';

/** What the slice is handed. */
export interface BackupDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly serviceVersion: string;
  readonly processId: number;
  /** The keys set in the configuration; a null comes from the file of the evaluation. */
  readonly keys: { readonly encryption: string | null; readonly blindIndex: string | null };
  /** Where an evaluation keeps its keys. */
  readonly keysFile: string;
  readonly hash: (value: unknown) => string;
}

/** The slice: a whole database into an archive, and back. */
export interface BackupSlice {
  readonly backUp: BackUpDatabase;
  readonly restore: RestoreDatabase;
  /** Copies the evaluation's keys beside an archive and gives the file; null when every key is set in the configuration. */
  readonly backUpKeys: (archive: string) => string | null;
}

/** Builds the slice over a connection that stands. */
export function wireBackup(deps: BackupDeps): BackupSlice {
  const { keys, keysFile, hash } = deps;
  const copy = createDatabaseCopyStore(deps.connection);
  const checkArchive = createCheckArchive(createLineDigest);
  const common = { ...deps, copy, files: archiveFiles, checkArchive, createDigest: createLineDigest };
  const allConfigured = keys.encryption !== null && keys.blindIndex !== null;
  /** Of the keys the service would use with this file of an evaluation's keys; null when one is in neither place. */
  const fingerprint = (file: string): string | null => {
    const kept = readKeys(file);
    const encryption = keys.encryption ?? kept?.['encryption'];
    const blindIndex = keys.blindIndex ?? kept?.['blindIndex'];
    return encryption === undefined || blindIndex === undefined ? null : hash([encryption, blindIndex]);
  };
  return {
    backUp: createBackUpDatabase({ ...common, keys: fingerprint(keysFile) ?? '' }),
    backUpKeys: (archive) => {
      if (allConfigured) return null;
      copyKeys(keysFile, keysBeside(archive));
      return keysBeside(archive);
    },
    restore: createRestoreDatabase({
      ...common,
      keys: createRestoreKeys({
        configured: () => fingerprint(keysFile),
        beside: (file) => (allConfigured ? null : fingerprint(keysBeside(file))),
        install: (file) => copyKeys(keysBeside(file), keysFile),
      }),
    }),
  };
}
