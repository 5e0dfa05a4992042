import { createCipheriv, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createKeyRing, encryptionKeyId } from '../../src/privacy/field-encryption.crypto.ts';
import { deepRuns } from '../support/deep.ts';

const key = randomBytes(32).toString('base64');
const encryption = createKeyRing([key]);

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

    expect(first).toMatch(/^k[0-9a-f]{8}\.[\w-]+$/);
    expect(first).not.toContain('欧阳');
    expect(second).not.toBe(first);
    expect(encryption.decrypt(second, 'r1')).toBe('欧阳娜娜');
  });

  test('refuses a text that was moved to another record', () => {
    const moved = encryption.encrypt('13812341234', 'r1');

    expect(() => encryption.decrypt(moved, 'r2')).toThrow('another key or record');
  });

  test('a text of a key it has not been given is unavailable here, not broken', () => {
    const other = createKeyRing([randomBytes(32).toString('base64')]);

    expect(() => encryption.decrypt(other.encrypt('x', 'r1'), 'r1')).toThrow(
      expect.objectContaining({ kind: 'unavailable', code: 'encryption_key_unknown' }),
    );
  });

  test('writes under the first key and reads under each, whatever their order', () => {
    const [older, newer] = [key, randomBytes(32).toString('base64')];
    const ring = createKeyRing([older, newer]);
    const before = ring.encrypt('欧阳娜娜', 'r1');
    ring.take([newer, older]);
    const after = ring.encrypt('欧阳娜娜', 'r1');

    expect(ring.ids()).toEqual([encryptionKeyId(newer), encryptionKeyId(older)]);
    expect([before, after].map((text) => text.split('.')[0])).toEqual([older, newer].map(encryptionKeyId));
    expect([before, after].map((text) => ring.decrypt(text, 'r1'))).toEqual(['欧阳娜娜', '欧阳娜娜']);
  });

  test('reads what was written before keys had ids, under whichever key of the ring it was', () => {
    const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), Buffer.alloc(12, 5));
    cipher.setAAD(Buffer.from('v1\nr1'));
    const body = Buffer.concat([cipher.update('张三', 'utf8'), cipher.final()]);
    const text = `v1.${Buffer.concat([Buffer.alloc(12, 5), cipher.getAuthTag(), body]).toString('base64url')}`;
    const ring = createKeyRing([randomBytes(32).toString('base64'), key]);

    expect(ring.decrypt(text, 'r1')).toBe('张三');
    expect(() => ring.decrypt(text, 'r2')).toThrow('another key or record');
  });

  test.each([[[]], [[key, key]], [[key, 'short']]])(
    'refuses the ring %j and keeps the one it had',
    (keys) => {
      const ring = createKeyRing([key]);

      expect(() => ring.take(keys)).toThrow(/key/);
      expect(ring.ids()).toEqual([encryptionKeyId(key)]);
    },
  );

  test('refuses a text in which any byte was changed', () => {
    const encrypted = encryption.encrypt('13812341234', 'r1');
    const [id = '', payload = ''] = encrypted.split('.');
    const bytes = Buffer.from(payload, 'base64url');

    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => encryption.decrypt(`${id}.${changed.toString('base64url')}`, 'r1')).toThrow('was changed');
    }
  });

  test.each(['', 'v1.', 'v2.AAAA', 'plain', 'v1.AAAA.BBBB', 'k12345678.AAAA'])(
    'refuses the malformed text %p',
    (text) => {
      expect(() => encryption.decrypt(text, 'r1')).toThrow('a form that is not known');
    },
  );

  test.each(['', 'short', randomBytes(16).toString('base64'), `${key}!`])(
    'refuses the key %p without repeating it',
    (bad) => {
      expect(() => createKeyRing([bad])).toThrow(/^The field encryption key must be 32 random bytes/);
    },
  );
});
