import { describe, expect, test } from '@jest/globals';
import { loadConfig } from '../../src/shared/config.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';

const root = projectRoot();
const key = Buffer.alloc(32, 7).toString('base64');
const production = {
  NODE_ENV: 'production',
  MONGODB_URI: 'mongodb://a.example:27017/?replicaSet=rs0',
  SMTP_URL: 'smtp://mail.example:587',
  PUBLIC_BASE_URL: 'https://manyi.hospital.example/',
  TRUST_PROXY: '1',
  SESSION_SECRET: 's'.repeat(32),
  ENCRYPTION_KEY: key,
  BLIND_INDEX_KEY: key,
  AUDIT_KEY: key,
};

describe('whether there is a demonstration', () => {
  test('an evaluation has one unless DEMO says no', () => {
    expect(loadConfig(root, {}).demo.enabled).toBe(true);
    for (const no of ['false', '0', 'no', 'off']) {
      expect(loadConfig(root, { DEMO: no }).demo.enabled).toBe(false);
    }
  });

  test('production has none, and refuses to start with one', () => {
    expect(loadConfig(root, production).demo.enabled).toBe(false);
    expect(() => loadConfig(root, { ...production, DEMO: 'true' })).toThrow(
      'DEMO (demo.enabled): the demonstration hospital is for the evaluation only',
    );
  });

  test('its mails are never sent: with an SMTP server it is refused', () => {
    expect(() => loadConfig(root, { SMTP_URL: 'smtp://mail.example:25' })).toThrow(
      'set DEMO=false to use SMTP_URL',
    );
    expect(loadConfig(root, { SMTP_URL: 'smtp://mail.example:25', DEMO: 'false' }).demo.enabled).toBe(false);
  });
});
