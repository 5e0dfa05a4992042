import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { Account } from './account.ts';

/** How long somebody whose password was right may take for the code: 5 minutes, in ms. */
export const pendingLoginMs = 5 * 60_000;

const place = 'pending-login';

/** Half a login: whose password was right, and when. No session, and worth nothing without the second factor. */
export interface PendingLogin {
  readonly accountId: string;
  readonly credentialVersion: number;
}

/** The sealed text the browser keeps meanwhile: any instance can open it, nobody else can read or make one. */
export function sealPendingLogin(
  { _id: accountId, credentialVersion }: Account,
  encryption: Pick<FieldEncryption, 'encrypt'>,
  now: Date,
): string {
  return encryption.encrypt(JSON.stringify([accountId, credentialVersion, now.getTime()]), place);
}

/** What was sealed; null for any other text, and after five minutes. */
export function openPendingLogin(
  sealed: string,
  encryption: Pick<FieldEncryption, 'decrypt'>,
  now: Date,
): PendingLogin | null {
  let parts: unknown;
  try {
    parts = JSON.parse(encryption.decrypt(sealed, place));
  } catch {
    return null;
  }
  if (!Array.isArray(parts)) return null;
  const [accountId, credentialVersion, at] = parts as readonly unknown[];
  if (typeof accountId !== 'string' || typeof credentialVersion !== 'number' || typeof at !== 'number')
    return null;
  return Math.abs(now.getTime() - at) < pendingLoginMs ? { accountId, credentialVersion } : null;
}
