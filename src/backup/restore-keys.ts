import { refusal } from './backup-refusal.ts';

/** Whether the keys of an archive are at hand. */
export interface RestoreKeys {
  /**
   * Finds the archive's keys by their fingerprints, and gives what must be done once the data stand. Throws
   * `backup_keys_missing` when one is neither configured nor beside the archive, unless other keys are allowed.
   */
  readonly choose: (fingerprints: string, file: string, otherKeysAllowed: boolean) => () => void;
}

/** What choosing needs: fingerprints of the keys that the service would use, and of those beside an archive. */
export interface RestoreKeysDeps {
  /** Older keys that are still read are among them; empty when there are none yet. */
  readonly configured: () => readonly string[];
  /** Empty when there are none, or when configured ones would win over them. */
  readonly beside: (file: string) => readonly string[];
  /** Makes the keys beside an archive those of the service. */
  readonly install: (file: string) => void;
}

/** Builds the choice. */
export function createRestoreKeys(deps: RestoreKeysDeps): RestoreKeys {
  return {
    choose: (fingerprints, file, otherKeysAllowed) => {
      const needed = fingerprints.split(' ');
      const areIn = (known: readonly string[]): boolean => needed.every((one) => known.includes(one));
      if (areIn(deps.configured())) return () => undefined;
      if (areIn(deps.beside(file))) return () => deps.install(file);
      if (otherKeysAllowed) return () => undefined;
      throw refusal(
        'backup_keys_missing',
        'The keys of this archive are not at hand, and nothing was touched. Put its .keys file beside it, or set ENCRYPTION_KEY, BLIND_INDEX_KEY and AUDIT_KEY as they were; to restore without names, phone numbers and call notes, or with an audit trail that cannot be verified, add --other-keys.',
      );
    },
  };
}
