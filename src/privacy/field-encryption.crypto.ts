import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { FieldEncryption } from './field-encryption.ts';
import { readSecretKey } from './secret-key.crypto.ts';

const keyId = 'v1';
const ivBytes = 12;
const tagBytes = 16;

/** What is authenticated with the text: key and record, so that a text moved to another record is refused. */
function contextOf(recordId: string): Buffer {
  return Buffer.from(`${keyId}\n${recordId}`, 'utf8');
}

/**
 * AES-256-GCM with a random 96-bit IV (NIST SP 800-38D), authenticated with the key's id and the record's id. The key is 32
 * bytes in base64; any other throws an Error that says how to make one. `randomIv` is replaced only in tests.
 */
export function createFieldEncryption(
  keyBase64: string,
  randomIv: () => Buffer = () => randomBytes(ivBytes),
): FieldEncryption {
  const key = readSecretKey('The field encryption key', keyBase64);
  return {
    encrypt: (plain, recordId) => {
      const iv = randomIv();
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
      cipher.setAAD(contextOf(recordId));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `${keyId}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    decrypt: (encrypted, recordId) => {
      const [id, payload = '', ...rest] = encrypted.split('.');
      const bytes = Buffer.from(payload, 'base64url');
      if (id !== keyId || rest.length > 0 || bytes.length < ivBytes + tagBytes)
        throw new Error('The encrypted field has a form or a key that is not known.');
      try {
        return open(key, bytes, recordId);
      } catch (error) {
        throw new Error('The encrypted field belongs to another key or record, or was changed.', {
          cause: error,
        });
      }
    },
  };
}

function open(key: Buffer, bytes: Buffer, recordId: string): string {
  const iv = bytes.subarray(0, ivBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  decipher.setAAD(contextOf(recordId));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString(
    'utf8',
  );
}
