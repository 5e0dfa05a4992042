import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { canonicalJson, contentHash } from '../../src/shared/content-hash.crypto.ts';
import { deepRuns } from '../support/deep.ts';

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, part]) => [name, reversed(part)]),
  );
}

describe('the hash of a content', () => {
  test('is SHA-256 of the canonical JSON', () => {
    // FIPS 180-4 via `printf '{"a":1,"b":[2,{"c":3,"d":4}]}' | sha256sum`
    expect(canonicalJson({ b: [2, { d: 4, c: 3 }], a: 1 })).toBe('{"a":1,"b":[2,{"c":3,"d":4}]}');
    expect(contentHash({ b: [2, { d: 4, c: 3 }], a: 1 })).toBe(
      '88c3cdf568e74603bc9ea42ed03f42ad6dcf46dbfbb56089d8a163f6b84a0c52',
    );
  });

  test('does not ask in which order the keys stand', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(contentHash(reversed(value))).toBe(contentHash(value));
      }),
      { numRuns: deepRuns(200, 20_000) },
    );
  });

  test('keeps every value: the canonical JSON reads back as the same content', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: deepRuns(200, 20_000) },
    );
  });

  test.each([
    ['the order of a list', [1, 2], [2, 1]],
    ['a number and its text', { n: 1 }, { n: '1' }],
    ['null and nothing', { n: null }, {}],
    ['the place of a key', { a: { b: 1 } }, { a: {}, b: 1 }],
  ])('differs by %s', (_what, one, other) => {
    expect(contentHash(one)).not.toBe(contentHash(other));
  });
});
