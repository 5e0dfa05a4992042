import { expect, test } from '@jest/globals';
import { ConfigError, loadConfig } from '../../src/shared/config.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';

const root = projectRoot();
const key = Buffer.alloc(32, 7).toString('base64');
const production = {
  NODE_ENV: 'production',
  MONGODB_URI: 'mongodb://a.example:27017/?replicaSet=rs0',
  SMTP_URL: 'smtp://mail.example:587',
  PUBLIC_BASE_URL: 'https://manyi.hospital.example',
  TRUST_PROXY: '1',
  SESSION_SECRET: 's'.repeat(32),
  ENCRYPTION_KEY: key,
  BLIND_INDEX_KEY: key,
  AUDIT_KEY: key,
};

function problemsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    loadConfig(root, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test('gives the staff a port of their own only with the address they reach it at', () => {
  const own = {
    STAFF_PORT: '3001',
    STAFF_BASE_URL: 'https://staff.hospital.example/',
    STAFF_TRUST_PROXY: '0',
  };

  expect(loadConfig(root, { ...production, ...own }).http).toMatchObject({
    staffPort: 3001,
    staffBaseUrl: 'https://staff.hospital.example',
  });
  expect(problemsOf({ ...production, STAFF_PORT: '3001', STAFF_TRUST_PROXY: '0' })).toEqual([
    'STAFF_BASE_URL (http.staffBaseUrl): is missing, though the staff have a port of their own.',
  ]);
  expect(problemsOf({ ...production, STAFF_HOST: '10.1.2.3' })).toEqual([
    'STAFF_PORT (http.staffPort): is missing, though another setting of the staff’s port is given.',
  ]);
  expect(loadConfig(root, { NODE_ENV: 'test', STAFF_PORT: '3001' }).http.staffBaseUrl).toBeNull();
});

test('is told how many proxies stand before the staff’s port: the outer listener’s say nothing of it', () => {
  const own = { STAFF_PORT: '3001', STAFF_BASE_URL: 'https://staff.hospital.example' };
  const trusted = (proxies: string): unknown =>
    loadConfig(root, { ...production, ...own, STAFF_TRUST_PROXY: proxies }).http.staffTrustProxy;

  expect(problemsOf({ ...production, ...own })).toEqual([
    'STAFF_TRUST_PROXY (http.staffTrustProxy): is missing, though the staff have a port of their own; 0 when no proxy stands before it.',
  ]);
  expect([trusted('0'), trusted('2')]).toEqual([0, 2]);
  expect(problemsOf({ NODE_ENV: 'test', STAFF_PORT: '3001', TRUST_PROXY: '1' })).toEqual([]);
});
