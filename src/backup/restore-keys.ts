import { refusal } from './backup-refusal.ts';

/** Whether the keys of an archive are at hand. */
export interface RestoreKeys {
  /**
   * Finds the archive's keys by their fingerprint, and gives what must be done once the data stand. Throws
   * `backup_keys_missing` when they are neither configured nor beside the archive, unless other keys are allowed.
   */
  readonly choose: (fingerprint: string, file: string, otherKeysAllowed: boolean) => () => void;
}

/** What choosing needs: fingerprints of the keys that the service would use, and of those beside an archive. */
export interface RestoreKeysDeps {
  /** Null when there are none yet. */
  readonly configured: () => string | null;
  /** Null when there are none, or when configured ones would win over them. */
  readonly beside: (file: string) => string | null;
  /** Makes the keys beside an archive those of the service. */
  readonly install: (file: string) => void;
}

/** Builds the choice. */
export function createRestoreKeys(deps: RestoreKeysDeps): RestoreKeys {
  return {
    choose: (fingerprint, file, otherKeysAllowed) => {
      if (deps.configured() === fingerprint) return () => undefined;
      if (deps.beside(file) === fingerprint) return () => deps.install(file);
      if (otherKeysAllowed) return () => undefined;
      throw refusal(
        'backup_keys_missing',
        'The keys of this archive are not at hand, and nothing was touched. Put its .keys file beside it, or set ENCRYPTION_KEY and BLIND_INDEX_KEY as they were; to restore without names, phone numbers and call notes, add --other-keys.',
      );
    },
  };
}
