import { randomBytes } from 'node:crypto';

/** 32 random bytes in base64: a key, or a secret of its kind. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64');
}
