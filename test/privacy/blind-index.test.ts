import { createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createBlindIndex } from '../../src/privacy/blind-index.crypto.ts';

const master = Buffer.alloc(32, 7).toString('base64');

describe('blind index', () => {
  test('is HMAC-SHA-256 under an HKDF key of its purpose', () => {
    const key = Buffer.from(hkdfSync('sha256', Buffer.alloc(32, 7), '', 'blind-index/admission', 32));
    const expected = createHmac('sha256', key).update('ZY0001').digest('hex');

    expect(createBlindIndex(master)('admission', 'ZY0001')).toBe(expected);
  });

  test('is the same for the same value and unrelated across purposes and keys', () => {
    const index = createBlindIndex(master);
    const other = createBlindIndex(Buffer.alloc(32, 8).toString('base64'));

    expect(index('admission', 'ZY0001')).toBe(createBlindIndex(master)('admission', 'ZY0001'));
    expect(index('admission', 'ZY0001')).not.toBe(index('call-source', 'ZY0001'));
    expect(index('admission', 'ZY0001')).not.toBe(other('admission', 'ZY0001'));
  });

  test('refuses a key that is no 32 bytes', () => {
    expect(() => createBlindIndex('abc')).toThrow(/^The blind index key must be 32 random bytes/);
  });
});
