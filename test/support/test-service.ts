import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeService } from './answer-check.ts';
import type { Composition } from '../../src/compose.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { loadConfig } from '../../src/shared/config.ts';
import { silentLogger } from '../../src/shared/logger.ts';
import type { Logger } from '../../src/shared/logger.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { startService } from '../../src/start-service.ts';
import { openDatabase } from '../../src/database/connect.ts';

/** The administrator's password in tests. */
export const adminPassword = 'plum blossom in the snow';

/** The whole service, listening, on a database of its own. */
export interface TestService {
  readonly baseUrl: string;
  /** Where staff are served: the same, unless `STAFF_PORT` is given. */
  readonly staffUrl: string;
  readonly composition: Composition;
  readonly dbName: string;
  /** Documents as they are stored. */
  readonly stored: (collection: string, filter?: object) => Promise<readonly unknown[]>;
  readonly stop: () => Promise<void>;
}

/** Starts the whole service as production composes it: real engine, real SMTP server, real HTTP; only the clock is ours. */
export async function startTestService(options: {
  readonly clock: Clock;
  readonly smtpUrl: string;
  readonly log?: Logger;
  /** Another instance on the database of a running one. */
  readonly dbName?: string;
  /** Further settings, by their environment names. */
  readonly env?: Readonly<Record<string, string>>;
  /** As in production: a one-time password must be changed first. */
  readonly forcePasswordChange?: boolean;
}): Promise<TestService> {
  const root = projectRoot();
  const dataFolder = mkdtempSync(join(tmpdir(), 'test-service-'));
  const dbName = options.dbName ?? `service_${randomBytes(6).toString('hex')}`;
  const uri = process.env['TEST_MONGODB_URI'] ?? '';
  const loaded = loadConfig(root, {
    NODE_ENV: 'test',
    MONGODB_URI: uri,
    MONGODB_DATABASE: dbName,
    SMTP_URL: options.smtpUrl,
    DATA_DIR: dataFolder,
    ADMIN_PASSWORD: adminPassword,
    DEPARTMENTS_FILE: 'config/departments.sample.json',
    PUBLIC_BASE_URL: 'http://satisfaction.hospital.example',
    ...options.env,
  });
  const { forcePasswordChange = loaded.accounts.forcePasswordChange } = options;
  const config = { ...loaded, accounts: { ...loaded.accounts, forcePasswordChange } };
  const service = await startService({
    root,
    config,
    clock: options.clock,
    random: () => 0.5,
    log: options.log ?? silentLogger,
  });
  const { composition } = await service.ready;
  const baseUrl = `http://127.0.0.1:${service.port}`;
  const staffUrl = `http://127.0.0.1:${service.staffPort ?? service.port}`;
  describeService(baseUrl, composition.routes);
  describeService(staffUrl, composition.routes);
  return {
    baseUrl,
    staffUrl,
    composition,
    dbName,
    stored: (collection, filter = {}) => readStored({ uri, dbName }, collection, filter),
    stop: async () => {
      await service.stop();
      rmSync(dataFolder, { recursive: true, force: true });
      if (options.dbName === undefined) await dropDatabase(uri, dbName);
    },
  };
}

async function dropDatabase(uri: string, dbName: string): Promise<void> {
  const database = openDatabase({ uri, dbName });
  await database.connected();
  await database.connection.dropDatabase();
  await database.close();
}

async function readStored(
  at: { readonly uri: string; readonly dbName: string },
  collection: string,
  filter: object,
): Promise<readonly unknown[]> {
  const database = openDatabase(at);
  await database.connected();
  const found = await database.connection.collection(collection).find(filter).toArray();
  await database.close();
  return found;
}
