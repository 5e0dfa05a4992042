import { Buffer } from 'node:buffer';
import { createHmac, hkdfSync } from 'node:crypto';
import type { BlindIndex, BlindIndexPurpose } from './blind-index.ts';
import { readSecretKey } from './secret-key.crypto.ts';

/**
 * HMAC-SHA-256 under one key per purpose, derived from the master secret by HKDF (RFC 5869). The secret is 32 bytes in
 * base64; any other throws an Error that says how to make one.
 */
export function createBlindIndex(masterBase64: string): BlindIndex {
  const master = readSecretKey('The blind index key', masterBase64);
  const keys = new Map<BlindIndexPurpose, Buffer>();
  const keyOf = (purpose: BlindIndexPurpose): Buffer => {
    const known = keys.get(purpose);
    if (known) return known;
    const derived = Buffer.from(hkdfSync('sha256', master, '', `blind-index/${purpose}`, 32));
    keys.set(purpose, derived);
    return derived;
  };
  return (purpose, value) => createHmac('sha256', keyOf(purpose)).update(value, 'utf8').digest('hex');
}
