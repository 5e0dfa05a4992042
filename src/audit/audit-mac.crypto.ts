import { Buffer } from 'node:buffer';
import { createHmac, hkdfSync } from 'node:crypto';
import type { AuditMac } from './chained-event.ts';

/**
 * HMAC-SHA-256 in base64url, under one key per purpose, each derived from the audit's own secret by HKDF (RFC 5869). The secret is
 * 32 bytes in base64; any other throws an Error.
 */
export function createAuditMac(secret: string): AuditMac {
  const master = Buffer.from(secret, 'base64');
  if (master.length !== 32) throw new Error('The audit key must be 32 random bytes in base64.');
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', master, '', `audit/${purpose}/v1`, 32));
  const keys = { event: derive('event'), seal: derive('seal'), mark: derive('mark'), state: derive('state') };
  return (purpose, text) => createHmac('sha256', keys[purpose]).update(text, 'utf8').digest('base64url');
}
