import { createBlindIndex } from './blind-index.crypto.ts';
import type { BlindIndex } from './blind-index.ts';
import { createFieldEncryption } from './field-encryption.crypto.ts';
import type { FieldEncryption } from './field-encryption.ts';

/** The slice: what encrypts fields, and what fingerprints values. */
export interface PrivacySlice {
  readonly encryption: FieldEncryption;
  readonly blindIndex: BlindIndex;
}

/** Builds the slice from its two keys, 32 bytes each in base64. Throws an Error that says how to make a key. */
export function wirePrivacy(keys: {
  readonly encryption: string;
  readonly blindIndex: string;
}): PrivacySlice {
  return {
    encryption: createFieldEncryption(keys.encryption),
    blindIndex: createBlindIndex(keys.blindIndex),
  };
}
