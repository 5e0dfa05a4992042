import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { isSafeAddress, normalizeAddress, onOneLine, withoutAddresses } from '../../src/mail/mail-address.ts';

describe('a mail address', () => {
  test.each(['li.wei@hospital.cn', 'nk-1@mail.hospital.local', 'a+b@h', `${'a'.repeat(64)}@hospital.cn`])(
    'is taken as it is: %s',
    (address) => {
      expect(isSafeAddress(address)).toBe(true);
    },
  );

  test.each([
    ['two recipients', 'd@e.f, z@z.z'],
    ['a header behind it', 'evil@x.y\r\nBcc: z@z.z'],
    ['a group', 'group:z@z.z;'],
    ['a display name', 'Li <z@z.z>'],
    ['quotes', '"a b"@x.y'],
    ['two at signs', 'a@b@c.d'],
    ['no at sign', 'hospital.cn'],
    ['nothing before it', '@hospital.cn'],
    ['nothing behind it', 'li@'],
    ['a domain that begins with a dot', 'li@.cn'],
    ['two dots in a row', 'li@hospital..cn'],
    ['Chinese characters', '张三@例子.中国'],
    ['a space', 'li wei@hospital.cn'],
    ['255 characters', `${'a'.repeat(243)}@hospital.cn`],
    ['nothing', ''],
  ])('is refused with %s', (_why, address) => {
    expect(isSafeAddress(address)).toBe(false);
  });

  test('that is taken never holds a character that ends a header or starts a second recipient', () => {
    const pieces = fc.array(
      fc.constantFrom('a', 'B', '9', '.', '-', '+', '@', ',', ' ', '\r', '\n', '<', '>', '"', ':', ';', '医'),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(pieces, (characters) => {
        const address = characters.join('');
        expect(isSafeAddress(address) && /[^\x21-\x7e]|[,<>":;]/.test(address)).toBe(false);
      }),
    );
  });

  test('has one form for two spellings', () => {
    expect(normalizeAddress(' Li.Wei@Hospital.CN ')).toBe('li.wei@hospital.cn');
  });
});

test("a server's reply is kept on one line without the addresses in it", () => {
  const reply = '550 5.1.1 <li.wei@hospital.cn>: Recipient\r\n address rejected (li.wei@hospital.cn)';
  expect(withoutAddresses(reply)).toBe('550 5.1.1 <…>: Recipient address rejected (…)');
});

test('a text for a header is on one line whatever it holds', () => {
  expect(onOneLine('十月\r\nBcc: z@z.z\u2028X: y\u0000')).toBe('十月 Bcc: z@z.z X: y');
});
