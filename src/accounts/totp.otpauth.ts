import { Secret, TOTP } from 'otpauth';

/** Time-based one-time passwords of RFC 6238, as every authenticator app makes them: SHA-1, 6 digits, 30 seconds. */
export interface Totp {
  /** A new secret of 160 bits (RFC 4226, section 4), base32. */
  readonly newSecret: () => string;
  /** The address an app reads from the QR code. */
  readonly uriOf: (secret: string, names: { readonly issuer: string; readonly account: string }) => string;
  /** The time-step whose code was given: the present one, or one before or after for a clock that is off; null for no such code. */
  readonly stepOf: (secret: string, code: string, now: Date) => number | null;
}

const shape = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** TOTP by the library `otpauth`, which compares in constant time. */
export const totp: Totp = {
  newSecret: () => new Secret({ size: 20 }).base32,
  uriOf: (secret, { issuer, account }) =>
    new TOTP({ ...shape, secret: Secret.fromBase32(secret), issuer, label: account }).toString(),
  stepOf: (secret, code, now) => {
    // The library throws on six signs that are more than six bytes.
    if (!/^[0-9]{6}$/.test(code)) return null;
    const timestamp = now.getTime();
    const delta = TOTP.validate({
      ...shape,
      secret: Secret.fromBase32(secret),
      token: code,
      timestamp,
      window: 1,
    });
    return delta === null ? null : TOTP.counter({ period: shape.period, timestamp }) + delta;
  },
};
