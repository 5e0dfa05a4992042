import { createHash } from 'node:crypto';

/** The first 16 hex digits of the SHA-256 of a normalised address: what a row's key holds instead of the address. */
export function deliveryAddressHash(address: string): string {
  return createHash('sha256').update(address).digest('hex').slice(0, 16);
}
