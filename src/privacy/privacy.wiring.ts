import type { Connection } from 'mongoose';
import type { Job } from '../jobs/job.ts';
import type { Clock } from '../shared/clock.ts';
import { keepFresh } from '../shared/keep-fresh.ts';
import { createBlindIndex } from './blind-index.crypto.ts';
import type { BlindIndex } from './blind-index.ts';
import { createKeyRing } from './field-encryption.crypto.ts';
import type { KeyRing } from './field-encryption.ts';
import { createKeyHolderStore } from './key-holder.store.ts';
import { createPeriodSecretStore } from './period-secret.store.ts';
import type { PeriodSecretStore } from './period-secret.store.ts';
import { randomSecret } from './random-secret.crypto.ts';
import { createReEncryptFieldsJob } from './re-encrypt-fields.job.ts';
import { createReEncryptFields } from './re-encrypt-fields.ts';
import { createRotateKeys } from './rotate-keys.ts';
import type { KeyFile, Rotation, TellRotation } from './rotate-keys.ts';
import type { SealedRecords } from './sealed-records.ts';
import { createSourceKeys } from './source-key.ts';
import type { SourceKeys } from './source-key.ts';

/** What encrypts fields, and what fingerprints values. */
export interface PrivacyKeys {
  readonly encryption: KeyRing;
  readonly blindIndex: BlindIndex;
}

/** Reads the keys, 32 bytes each in base64; the first of `encryption` is current. Throws an Error that says how to make a key. */
export function wirePrivacy(keys: {
  readonly encryption: readonly string[];
  readonly blindIndex: string;
}): PrivacyKeys {
  return {
    encryption: createKeyRing(keys.encryption),
    blindIndex: createBlindIndex(keys.blindIndex),
  };
}

/** Fingerprints of calls and links, with the secrets they live by. */
export interface SourceKeysSlice {
  readonly sourceKeys: SourceKeys;
  readonly periodSecrets: PeriodSecretStore;
}

/** Builds the source keys on a database. */
export function wireSourceKeys(deps: {
  readonly connection: Connection;
  readonly blindIndex: BlindIndex;
  readonly clock: Clock;
}): SourceKeysSlice {
  const periodSecrets = createPeriodSecretStore(deps.connection);
  return {
    periodSecrets,
    sourceKeys: createSourceKeys({ ...deps, secrets: periodSecrets, randomSecret }),
  };
}

/** What the rotation of keys is handed. */
export interface KeyRotationDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly ring: KeyRing;
  /** Every collection with encrypted fields. */
  readonly sealed: readonly SealedRecords[];
  /** Null where the operator gives the keys. */
  readonly keyFile: KeyFile | null;
  /** This process, as others see it. */
  readonly instance: string;
  readonly refreshMs: number;
  readonly schedule: string;
  readonly onError: (error: unknown) => void;
}

/** The rotation of keys. */
export interface KeyRotationSlice {
  readonly rotateKeys: (tell?: TellRotation) => Promise<Rotation>;
  readonly jobs: readonly Job[];
  /** Says which keys this instance has, now and again and again; takes what was added to the file. */
  readonly begin: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Builds the rotation of keys. */
export function wireKeyRotation(deps: KeyRotationDeps): KeyRotationSlice {
  const { ring, keyFile, clock, instance } = deps;
  const holders = createKeyHolderStore(deps.connection);
  const reEncryptFields = createReEncryptFields(deps);
  const tell = async (): Promise<void> => {
    if (keyFile !== null) ring.take(keyFile.keys());
    await holders.tell({ instance, keyIds: ring.ids(), seenAt: clock.now() });
  };
  const fresh = keepFresh({ reload: tell, everyMs: deps.refreshMs, onError: deps.onError });
  return {
    rotateKeys: createRotateKeys({
      ...deps,
      reEncryptFields,
      holders,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    }),
    jobs: [createReEncryptFieldsJob({ schedule: deps.schedule, ring, reEncryptFields })],
    begin: async () => {
      await tell();
      fresh.start();
    },
    stop: async () => {
      fresh.stop();
      await holders.forget(instance).catch(deps.onError);
    },
  };
}
