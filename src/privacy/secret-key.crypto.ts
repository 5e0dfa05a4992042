import { Buffer } from 'node:buffer';

const keyBytes = 32;

/**
 * The 32 bytes of a base64 key. Throws an Error that names the key, says how to make one, and never repeats what was given.
 */
export function readSecretKey(name: string, base64: string): Buffer {
  const key = Buffer.from(base64, 'base64');
  if (key.length === keyBytes && key.toString('base64') === base64.trim()) return key;
  throw new Error(
    `${name} must be ${keyBytes} random bytes in base64 (44 characters). Make one with: openssl rand -base64 ${keyBytes}`,
  );
}
