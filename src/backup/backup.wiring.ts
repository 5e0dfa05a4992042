import type { Connection } from 'mongoose';
import type { Clock } from '../shared/clock.ts';
import { auditKeyIn, encryptionKeysIn } from '../shared/evaluation-secrets.node.ts';
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
  readonly keys: {
    readonly encryption: readonly string[] | null;
    readonly blindIndex: string | null;
    readonly audit: string | null;
  };
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
  const allConfigured = keys.encryption !== null && keys.blindIndex !== null && keys.audit !== null;
  /**
   * Given this file of an evaluation's keys: of each key the service would encrypt or read with, none when the blind index has
   * no key in either place; and of the audit trail's key. Archives of before that one was among them restore as they did.
   */
  const fingerprints = (file: string): readonly string[] => {
    const kept = readKeys(file) ?? {};
    const encryption = keys.encryption ?? encryptionKeysIn(kept);
    const blindIndex = keys.blindIndex ?? kept['blindIndex'];
    const audit = keys.audit ?? auditKeyIn(kept);
    const identities = blindIndex === undefined ? [] : encryption.map((key) => hash([key, blindIndex]));
    return audit === undefined ? identities : [...identities, hash(['audit', audit])];
  };
  return {
    backUp: createBackUpDatabase({ ...common, keys: fingerprints(keysFile).join(' ') }),
    backUpKeys: (archive) => {
      if (allConfigured) return null;
      copyKeys(keysFile, keysBeside(archive));
      return keysBeside(archive);
    },
    restore: createRestoreDatabase({
      ...common,
      keys: createRestoreKeys({
        configured: () => fingerprints(keysFile),
        beside: (file) => (allConfigured ? [] : fingerprints(keysBeside(file))),
        install: (file) => copyKeys(keysBeside(file), keysFile),
      }),
    }),
  };
}
