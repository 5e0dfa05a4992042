import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { encryptionKeyId } from '../../src/privacy/field-encryption.crypto.ts';
import {
  evaluationKeyFile,
  evaluationKeysFile,
  evaluationSecrets,
} from '../../src/shared/evaluation-secrets.node.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (file: string): number => statSync(file).mode & 0o777;

test('a key comes readable first, then current, and the older one leaves into a file of its own', () => {
  const { session, blindIndex, audit, encryption } = evaluationSecrets(folder);
  const [older = ''] = encryption;
  const file = evaluationKeyFile(folder, encryptionKeyId);

  file.addIncoming();
  const [first, newer = ''] = file.keys();
  expect(first).toBe(older);
  file.addIncoming();
  expect(file.keys()).toEqual([older, newer]);
  file.promote();
  file.promote();
  expect(file.keys()).toEqual([newer, older]);
  file.addIncoming();
  expect(file.keys()).toEqual([newer, older]);
  const [moved = ''] = file.moveOutOlder();

  expect(evaluationSecrets(folder)).toEqual({ session, blindIndex, audit, encryption: [newer] });
  expect(JSON.parse(readFileSync(moved, 'utf8'))).toEqual({ encryption: older });
  expect([evaluationKeysFile(folder), moved].map(modeOf)).toEqual([0o600, 0o600]);
});

test('a file with a single key, as it was before there could be several, is read', () => {
  const kept = { session: 's'.repeat(44), encryption: 'e', blindIndex: 'b' };
  writeFileSync(evaluationKeysFile(folder), JSON.stringify(kept), { mode: 0o600 });

  const secrets = evaluationSecrets(folder);
  expect(secrets).toEqual({ ...kept, encryption: ['e'], audit: secrets.audit });
  // The audit's key is missing in such a file too: every process makes the same of it.
  expect(Buffer.from(secrets.audit, 'base64')).toHaveLength(32);
  expect(evaluationSecrets(folder)).toEqual(secrets);
});
