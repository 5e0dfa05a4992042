import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { DomainError } from '../shared/domain-error.ts';
import { keyIdOf } from './field-encryption.ts';
import type { KeyRing } from './field-encryption.ts';
import { readSecretKey } from './secret-key.crypto.ts';

/** What texts of before keys had ids begin with: any key of the ring may be theirs. */
const unnamedKey = 'v1';
const namedKey = /^k[0-9a-f]{8}$/;
const ivBytes = 12;
const tagBytes = 16;

interface RingKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** The id of a key, 32 bytes in base64: `k` and 8 hex characters of an HMAC under it. Throws an Error that says how to make one. */
export function encryptionKeyId(keyBase64: string): string {
  return ringKeyOf(keyBase64).id;
}

function ringKeyOf(keyBase64: string): RingKey {
  const bytes = readSecretKey('The field encryption key', keyBase64);
  const digest = createHmac('sha256', bytes).update('field encryption key id').digest('hex');
  return { id: `k${digest.slice(0, 8)}`, bytes };
}

function ringOf(keysBase64: readonly string[]): readonly [RingKey, ...RingKey[]] {
  const [current, ...older] = keysBase64.map(ringKeyOf);
  if (current === undefined) throw new Error('The field encryption needs a key.');
  if (new Set([current, ...older].map(({ id }) => id)).size <= older.length)
    throw new Error('A field encryption key stands twice.');
  return [current, ...older];
}

/** What is authenticated with the text: key and record, so that a text moved to another record is refused. */
function contextOf(keyId: string, recordId: string): Buffer {
  return Buffer.from(`${keyId}\n${recordId}`, 'utf8');
}

/**
 * AES-256-GCM with a random 96-bit IV (NIST SP 800-38D), authenticated with the key's id and the record's id. Each key is 32
 * bytes in base64; any other throws an Error that says how to make one. `randomIv` is replaced only in tests.
 */
export function createKeyRing(
  keysBase64: readonly string[],
  randomIv: () => Buffer = () => randomBytes(ivBytes),
): KeyRing {
  let ring = ringOf(keysBase64);
  return {
    ids: () => ring.map(({ id }) => id),
    take: (keys) => {
      ring = ringOf(keys);
    },
    encrypt: (plain, recordId) => {
      const [{ id, bytes }] = ring;
      const iv = randomIv();
      const cipher = createCipheriv('aes-256-gcm', bytes, iv, { authTagLength: tagBytes });
      cipher.setAAD(contextOf(id, recordId));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `${id}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    decrypt: (encrypted, recordId) => {
      const keyId = keyIdOf(encrypted);
      const bytes = Buffer.from(encrypted.slice(keyId.length + 1), 'base64url');
      const formed = bytes.length >= ivBytes + tagBytes && /^\w+\.[\w-]+$/.test(encrypted);
      if (!formed || !(keyId === unnamedKey || namedKey.test(keyId)))
        throw new Error('The encrypted field has a form that is not known.');
      const keys = keyId === unnamedKey ? ring : ring.filter(({ id }) => id === keyId);
      if (keys.length === 0) throw unknownKey();
      return openWithAny(keys, { keyId, bytes, recordId });
    },
  };
}

function unknownKey(): DomainError {
  return new DomainError(
    'unavailable',
    'encryption_key_unknown',
    'This was encrypted under a key that this instance of the service does not have.',
    { retryAfterSeconds: 10 },
  );
}

interface Sealed {
  readonly keyId: string;
  readonly bytes: Buffer;
  readonly recordId: string;
}

function openWithAny(keys: readonly RingKey[], sealed: Sealed): string {
  let cause: unknown;
  for (const key of keys) {
    try {
      return open(key.bytes, sealed);
    } catch (error) {
      cause = error;
    }
  }
  throw new Error('The encrypted field belongs to another key or record, or was changed.', { cause });
}

function open(key: Buffer, { keyId, bytes, recordId }: Sealed): string {
  const iv = bytes.subarray(0, ivBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  decipher.setAAD(contextOf(keyId, recordId));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString(
    'utf8',
  );
}
