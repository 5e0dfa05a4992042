import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { newRecoveryCodes, plainRecoveryCode } from '../../src/accounts/recovery-code.ts';
import { openPendingLogin, sealPendingLogin } from '../../src/accounts/pending-login.ts';
import { totp } from '../../src/accounts/totp.otpauth.ts';
import type { Account } from '../../src/accounts/account.ts';
import { wirePrivacy } from '../../src/privacy/privacy.wiring.ts';
import { codeAt } from './authenticator.ts';

/** `12345678901234567890`, the secret of RFC 6238's appendix B. */
const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

/** RFC 6238, appendix B, SHA-1: seconds and 8 digits. A code of 6 digits is their last six: both are one number, modulo. */
const vectors = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
] as const;

describe('the codes of RFC 6238', () => {
  test.each(vectors)('at second %i the code of %s is taken, for its own time-step', (seconds, digits) => {
    const moment = new Date(seconds * 1000);

    expect(totp.stepOf(rfcSecret, digits.slice(-6), moment)).toBe(Math.floor(seconds / 30));
    expect(codeAt(rfcSecret, moment, 8)).toBe(digits);
  });

  test('a code counts one step early and one step late, and no further', () => {
    const moment = new Date('2026-11-10T08:00:15Z');
    const step = Math.floor(moment.getTime() / 30_000);

    const steps = [-60, -30, 0, 30, 60].map((seconds) =>
      totp.stepOf(rfcSecret, codeAt(rfcSecret, new Date(moment.getTime() + seconds * 1000)), moment),
    );

    expect(steps).toEqual([null, step - 1, step, step + 1, null]);
  });

  test('any secret of ours gives the codes an app shows, at any time', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
        (moment) => {
          const secret = totp.newSecret();
          expect(secret).toMatch(/^[A-Z2-7]{32}$/);
          expect(totp.stepOf(secret, codeAt(secret, moment), moment)).toBe(
            Math.floor(moment.getTime() / 30_000),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  test('the address for the app names the hospital, the person and nothing that differs from the standard', () => {
    const uri = new URL(totp.uriOf(rfcSecret, { issuer: '示范县人民医院', account: '护士李' }));

    expect(uri.protocol).toBe('otpauth:');
    expect(decodeURIComponent(uri.pathname)).toContain('示范县人民医院:护士李');
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: '示范县人民医院',
      secret: rfcSecret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });
});

test.each(['𐀀ﯪ𐀀', 'ﯪﯪﯪﯪﯪﯪ', '１２３４５６', '', '12345', '1234567', 'abcdef'])(
  'what is no six digits is no code, and no fault of the service: %s',
  (typed) => {
    expect(totp.stepOf(totp.newSecret(), typed, new Date('2026-11-10T00:00:00Z'))).toBeNull();
  },
);

describe('recovery codes', () => {
  test('are ten different ones, and read the same however they are typed', () => {
    let next = 0;
    const codes = newRecoveryCodes((size) => (next += 7) % size);

    expect(new Set(codes).size).toBe(10);
    expect(codes.every((code) => /^[a-z2-9]{4}(-[a-z2-9]{4}){2}$/.test(code))).toBe(true);
    expect(plainRecoveryCode(' K7MP 2xqd–ＨＷ9r')).toBe('k7mp2xqdhw9r');
  });
});

describe('half a login', () => {
  const key = Buffer.alloc(32, 7).toString('base64');
  const { encryption } = wirePrivacy({ encryption: [key], blindIndex: key });
  const now = new Date('2026-11-10T08:00:00Z');
  const account = { _id: 'li', credentialVersion: 3 } as Account;
  const after = (ms: number): Date => new Date(now.getTime() + ms);

  test('goes on for five minutes, on any instance with the same key', () => {
    const sealed = sealPendingLogin(account, encryption, now);
    const other = wirePrivacy({ encryption: [key], blindIndex: key }).encryption;

    expect(openPendingLogin(sealed, other, after(299_999))).toEqual({
      accountId: 'li',
      credentialVersion: 3,
    });
    expect(openPendingLogin(sealed, encryption, after(300_000))).toBeNull();
    expect(openPendingLogin(sealed, encryption, after(-300_000))).toBeNull();
  });

  test('is nothing when it was made or changed by somebody else, or for something else', () => {
    const sealed = sealPendingLogin(account, encryption, now);
    const foreign = encryption.encrypt(JSON.stringify(['li', 3, now.getTime()]), 'contact/1');
    const odd = encryption.encrypt('{"accountId":"li"}', 'pending-login');

    expect(
      [`${sealed}A`, sealed.replace(/.$/, ''), foreign, odd, '', 'v1.x'].map((text) =>
        openPendingLogin(text, encryption, now),
      ),
    ).toEqual(Array.from({ length: 6 }, () => null));
  });
});
