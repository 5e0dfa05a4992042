import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createFieldEncryption } from '../../src/privacy/field-encryption.crypto.ts';
import { deepRuns } from '../support/deep.ts';

const key = randomBytes(32).toString('base64');
const encryption = createFieldEncryption(key);

describe('field encryption', () => {
  test('gives every text back for the record it was encrypted for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 1 }), (plain, record) => {
        expect(encryption.decrypt(encryption.encrypt(plain, record), record)).toBe(plain);
      }),
      { numRuns: deepRuns(100, 5000) },
    );
  });

  test('hides Chinese text and never writes the same text twice', () => {
    const first = encryption.encrypt('欧阳娜娜', 'r1');
    const second = encryption.encrypt('欧阳娜娜', 'r1');

    expect(first).toMatch(/^v1\.[\w-]+$/);
    expect(first).not.toContain('欧阳');
    expect(second).not.toBe(first);
    expect(encryption.decrypt(second, 'r1')).toBe('欧阳娜娜');
  });

  test('refuses a text that was moved to another record', () => {
    const moved = encryption.encrypt('13812341234', 'r1');

    expect(() => encryption.decrypt(moved, 'r2')).toThrow('another key or record');
  });

  test('refuses a text of another key', () => {
    const other = createFieldEncryption(randomBytes(32).toString('base64'));

    expect(() => encryption.decrypt(other.encrypt('x', 'r1'), 'r1')).toThrow('another key or record');
  });

  test('refuses a text in which any byte was changed', () => {
    const encrypted = encryption.encrypt('13812341234', 'r1');
    const bytes = Buffer.from(encrypted.slice(3), 'base64url');

    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => encryption.decrypt(`v1.${changed.toString('base64url')}`, 'r1')).toThrow('was changed');
    }
  });

  test.each(['', 'v1.', 'v2.AAAA', 'plain', 'v1.AAAA.BBBB'])('refuses the malformed text %p', (text) => {
    expect(() => encryption.decrypt(text, 'r1')).toThrow('form or a key');
  });

  test.each(['', 'short', randomBytes(16).toString('base64'), `${key}!`])(
    'refuses the key %p without repeating it',
    (bad) => {
      expect(() => createFieldEncryption(bad)).toThrow(/^The field encryption key must be 32 random bytes/);
    },
  );
});
