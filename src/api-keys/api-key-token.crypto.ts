import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const idLength = 11;
const secretLength = 43;
const sumLength = 6;

/** What a key looks like: for whoever searches files and logs for one that has got lost. */
export const tokenPattern: RegExp = /psat_([0-9A-Za-z]{11})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})/;
const whole = new RegExp(`^${tokenPattern.source}$`);

/** A number in base 62, with zeros in front up to `length`. */
function inDigits(value: bigint, length: number): string {
  let rest = value;
  let text = '';
  while (rest > 0n) {
    text = (digits[Number(rest % 62n)] ?? '') + text;
    rest /= 62n;
  }
  return text.padStart(length, '0');
}

const randomDigits = (bytes: number, length: number): string =>
  inDigits(BigInt(`0x${randomBytes(bytes).toString('hex')}`), length);
const sumOf = (text: string): string => inDigits(BigInt(crc32(text)), sumLength);

/** A key and its id. */
export interface NewToken {
  readonly id: string;
  readonly token: string;
}

/**
 * A new key: `psat_<id>_<secret><checksum>`, 66 letters, digits and `_`. The secret has 256 random bits, the id 64; the CRC-32
 * at its end tells a key that was typed or copied wrongly without asking the database.
 */
export function newToken(): NewToken {
  const id = randomDigits(8, idLength);
  const body = `psat_${id}_${randomDigits(32, secretLength)}`;
  return { id, token: `${body}${sumOf(body)}` };
}

/** The id in a key; null for what cannot be one. */
export function tokenId(token: string): string | null {
  const id = whole.exec(token)?.[1];
  return id !== undefined && token.endsWith(sumOf(token.slice(0, -sumLength))) ? id : null;
}

/** SHA-256 of a key, hex. Of 256 random bits nothing slower is needed. */
export function tokenHash(token: string): string {
  return hash('sha256', token, 'hex');
}

/** Whether two hashes are equal, in a time that tells nothing of where they differ. */
export function sameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
