import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  newToken,
  sameHash,
  tokenHash,
  tokenId,
  tokenPattern,
} from '../../src/api-keys/api-key-token.crypto.ts';

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

describe('a key of a machine client', () => {
  test('says what it is, which one it is, and is found by its pattern in the middle of a text', () => {
    const { id, token } = newToken();

    expect(token).toHaveLength(66);
    expect(token.startsWith(`psat_${id}_`)).toBe(true);
    expect(tokenPattern.exec(`HIS_KEY="${token}" # nightly`)?.[0]).toBe(token);
    expect(tokenId(token)).toBe(id);
  });

  test('holds a secret of 256 random bits: two thousand of them spread evenly, and no two are equal', () => {
    const tokens = Array.from({ length: 2000 }, () => newToken().token);
    const secrets = tokens.map((token) => token.slice(17, 60));

    expect(new Set(secrets).size).toBe(2000);
    // 43 digits of base 62 hold every number of 256 bits, and the last digit is as good as any.
    expect(62n ** 43n > 2n ** 256n).toBe(true);
    const last = new Map<string, number>();
    for (const secret of secrets) last.set(secret.slice(-1), (last.get(secret.slice(-1)) ?? 0) + 1);
    expect(last.size).toBe(62);
    expect(Math.max(...last.values())).toBeLessThan(80);
  });

  test('is told from one with a single wrong character without asking anybody', () => {
    const place = fc.integer({ min: 5, max: 65 });
    fc.assert(
      fc.property(place, fc.constantFrom(...letters.split('')), (at, letter) => {
        const { token } = newToken();
        fc.pre(token[at] !== letter);

        expect(tokenId(`${token.slice(0, at)}${letter}${token.slice(at + 1)}`)).toBeNull();
      }),
    );
  });

  test('is told from one with two neighbours exchanged', () => {
    fc.assert(
      fc.property(fc.integer({ min: 17, max: 64 }), (at) => {
        const { token } = newToken();
        const [one = '', two = ''] = token.slice(at, at + 2);
        fc.pre(one !== two);

        expect(tokenId(`${token.slice(0, at)}${two}${one}${token.slice(at + 2)}`)).toBeNull();
      }),
    );
  });

  test.each(['', 'psat_', 'Bearer', 'ghp_0123456789', `psat_${'a'.repeat(11)}_${'b'.repeat(49)}`])(
    '%j is none',
    (text) => {
      expect(tokenId(text)).toBeNull();
    },
  );

  test('no text at all makes the reading fail', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'grapheme', maxLength: 100 })), (text) => {
        expect(tokenId(text)).toBeNull();
      }),
    );
  });

  test('is compared by its hash alone', () => {
    const [one, two] = [newToken().token, newToken().token];

    expect(sameHash(tokenHash(one), tokenHash(one))).toBe(true);
    expect(sameHash(tokenHash(one), tokenHash(two))).toBe(false);
    expect(sameHash(tokenHash(one), '')).toBe(false);
    expect(tokenHash(one)).toMatch(/^[0-9a-f]{64}$/);
  });
});
