import { Buffer } from 'node:buffer';
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** Texts that only this service can have made, without anything stored. */
export interface TokenSigner {
  /** The text with its signature behind it. `context` is signed too, but not written. */
  readonly sign: (text: string, context?: string) => string;
  /** The text of a token of ours, for the same context; null for every other. */
  readonly verify: (token: string, context?: string) => string | null;
}

const longest = 100;

/** HMAC-SHA-256, 128 bits of it, under a key derived from the secret for one purpose (HKDF, RFC 5869). */
export function createTokenSigner(secret: string, purpose: string): TokenSigner {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `signed-token/${purpose}`, 32));
  const macOf = (text: string, context: string): string =>
    createHmac('sha256', key)
      .update(`${text}\n${context}`, 'utf8')
      .digest()
      .subarray(0, 16)
      .toString('base64url');
  return {
    sign: (text, context = '') => `${text}.${macOf(text, context)}`,
    verify: (token, context = '') => {
      const dot = token.lastIndexOf('.');
      if (token.length > longest || dot < 1) return null;
      const text = token.slice(0, dot);
      const [given, expected] = [token.slice(dot + 1), macOf(text, context)].map((mac) => Buffer.from(mac));
      if (!given || !expected || given.length !== expected.length) return null;
      return timingSafeEqual(given, expected) ? text : null;
    },
  };
}

/** 64 random bits in 11 characters. */
export const randomMark = (): string => randomBytes(8).toString('base64url');
