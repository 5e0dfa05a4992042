import { afterAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { dataFolder, endAll, onDatabase, startServiceProcess, statusOf } from '../support/service-process.ts';
import type { ServiceProcess } from '../support/service-process.ts';

afterAll(endAll);

const key = (): string => randomBytes(32).toString('base64');
const uri = process.env['TEST_MONGODB_URI'] ?? '';
const databaseName = `production_${randomBytes(6).toString('hex')}`;
const adminPassword = 'winter plum behind the wall';
const secrets = { SESSION_SECRET: key(), ENCRYPTION_KEY: key(), BLIND_INDEX_KEY: key(), AUDIT_KEY: key() };
const complete = {
  NODE_ENV: 'production',
  MONGODB_URI: uri,
  MONGODB_DATABASE: databaseName,
  SMTP_URL: 'smtp://mailer:quiet-river@127.0.0.1:9',
  PUBLIC_BASE_URL: 'https://satisfaction.hospital.example',
  TRUST_PROXY: '1',
  ADMIN_PASSWORD: adminPassword,
  ...secrets,
};

function devPackages(): readonly string[] {
  const manifest = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as {
    devDependencies: Readonly<Record<string, string>>;
  };
  return Object.keys(manifest.devDependencies);
}

/** Starts a service that cannot find the development packages, as after `npm ci --omit=dev`. */
function startWithoutDevPackages(env: Readonly<Record<string, string>>): Promise<ServiceProcess> {
  const preload = pathToFileURL(join(import.meta.dirname, 'hide-packages.mjs')).href;
  return startServiceProcess({
    ...env,
    DATA_DIR: dataFolder(),
    NODE_OPTIONS: `--import ${preload}`,
    HIDDEN_PACKAGES: devPackages().join(','),
  });
}

describe('production', () => {
  test('with nothing set refuses to start and names all that is missing at once', async () => {
    const service = await startServiceProcess({ NODE_ENV: 'production' });

    expect(await service.ended).toEqual({ code: 1, signal: null });
    const missing = [...service.errors().matchAll(/- (\w+) \([\w.]+\): is missing\./g)].map(
      ([, name]) => name,
    );
    expect(missing).toHaveLength(8);
    expect(new Set(missing)).toEqual(
      new Set([
        'AUDIT_KEY',
        'BLIND_INDEX_KEY',
        'ENCRYPTION_KEY',
        'MONGODB_URI',
        'PUBLIC_BASE_URL',
        'SESSION_SECRET',
        'SMTP_URL',
        'TRUST_PROXY',
      ]),
    );
    expect(service.errors()).not.toMatch(/^\s+at /m);
  });

  test('never prints a value it was given, right or wrong', async () => {
    const given = {
      MONGODB_URI: 'mysql://root:amber-lantern@db.hospital.example/',
      SMTP_URL: 'http://mailer:silver-fish@mail.hospital.example',
      SESSION_SECRET: 'short-copper-bell',
      ENCRYPTION_KEY: Buffer.from('not thirty-two bytes').toString('base64'),
      BLIND_INDEX_KEY: secrets.BLIND_INDEX_KEY,
      ADMIN_PASSWORD: adminPassword,
    };

    const service = await startServiceProcess({ NODE_ENV: 'production', ...given });

    expect((await service.ended).code).toBe(1);
    const said = service.output() + service.errors();
    for (const name of ['MONGODB_URI', 'SMTP_URL', 'SESSION_SECRET', 'ENCRYPTION_KEY']) {
      expect(said).toContain(`${name} (`);
    }
    for (const value of [...Object.values(given), 'amber-lantern', 'silver-fish']) {
      expect(said).not.toContain(value);
    }
  });

  test('with everything set starts without any development package, has no mailbox and repeats no secret', async () => {
    const service = await startWithoutDevPackages(complete);

    await service.ready();
    expect(await statusOf(`${service.baseUrl}/mailbox`)).toBe(404);
    expect(await statusOf(`${service.baseUrl}/login`)).toBe(200);
    expect((await service.stop()).code).toBe(0);

    const said = service.output() + service.errors();
    expect(said).toContain('ready at https://satisfaction.hospital.example');
    expect(said).not.toContain('hospital.example/mailbox');
    for (const value of [...Object.values(secrets), adminPassword, 'quiet-river', uri]) {
      expect(said).not.toContain(value);
    }
    await onDatabase({ uri, dbName: databaseName }, (at) => at.dropDatabase());
  });

  test('the evaluation without those packages says in one sentence that its engine cannot be loaded', async () => {
    const service = await startWithoutDevPackages({});

    expect((await service.ended).code).toBe(1);
    expect(service.errors().trim()).toMatch(
      /^The embedded database engine cannot be loaded on this system: .*\.$/,
    );
  });
});
