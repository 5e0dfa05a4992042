import { join, resolve } from 'node:path';
import { compose } from './compose.ts';
import type { Composition } from './compose.ts';
import type { TellProgress } from './demo/build-demonstration.ts';
import type { DemonstrationReport } from './demo/demonstration.ts';
import { openDatabase } from './database/connect.ts';
import type { Database } from './database/connect.ts';
import { isDatabaseUnavailable } from './database/database-error.ts';
import { defaultLoaderDir, startEmbeddedEngine } from './database/embedded-engine.child-process.ts';
import { retryUntil } from './database/retry.ts';
import { baseUrlFaults } from './http/base-url-fault.ts';
import { createAssetPath } from './http/static-assets.node.ts';
import { openListeners } from './listeners.ts';
import type { BaseUrls } from './listeners.ts';
import type { Parts } from './parts.ts';
import type { AppConfig } from './shared/app-config.ts';
import type { Clock } from './shared/clock.ts';
import { encryptionKeyId } from './privacy/field-encryption.crypto.ts';
import { evaluationKeyFile, evaluationSecrets } from './shared/evaluation-secrets.node.ts';
import type { Secrets } from './shared/evaluation-secrets.node.ts';
import { packageVersion } from './shared/project-root.node.ts';
import { randomIds } from './shared/ids.crypto.ts';
import type { Logger } from './shared/logger.ts';
import { createTemplates } from './shared/templates.handlebars.ts';
import { createTranslate } from './shared/translator.i18next.ts';

const graceMs = 8_000;
const retryMs = 500;

/** What starting needs; `clock` and `random` are all that tests replace. */
export interface StartOptions {
  readonly root: string;
  readonly config: AppConfig;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
  /** Who waits for the demonstration hospital at the terminal. */
  readonly tell?: TellProgress;
  /** Hears of the administrator before the demonstration is made: whoever stops that has his password all the same. */
  readonly tellFirst?: (administrator: Administrator) => void;
}

/** A service that listens. */
export interface Service {
  /** Address people reach it at, without a slash at its end. */
  readonly baseUrl: string;
  /** Address of the staff: the same, unless they have a listener of their own. */
  readonly staffBaseUrl: string;
  /** Port it listens on. */
  readonly port: number;
  /** Port of the staff, or null when all share one. */
  readonly staffPort: number | null;
  /** Resolves when everything stands; rejects with the reason when the service cannot work as it is configured. */
  readonly ready: Promise<{
    readonly composition: Composition;
    readonly administrator: Administrator | null;
    /** What this start made of the demonstration hospital; null when there was nothing to make. */
    readonly demonstration: DemonstrationReport | null;
  }>;
  /** Takes no new work, finishes requests and mails, closes jobs, mail, database and engine, within about 10 s. */
  readonly stop: () => Promise<void>;
}

/** The account made at the very first start, when its password was made too: nobody knows it yet. */
export interface Administrator {
  readonly username: string;
  readonly oneTimePassword: string;
}

/** The database's address: the configured server, or an embedded engine that lives as long as the service. */
export async function openEngine(
  { config, log }: Pick<StartOptions, 'config' | 'log'>,
  dataFolder: string,
): Promise<{ readonly uri: string; readonly stop: () => Promise<void> }> {
  if (config.mongo.uri !== null) return { uri: config.mongo.uri, stop: () => Promise.resolve() };
  return startEmbeddedEngine({
    dataDir: join(dataFolder, 'engine'),
    loaderDir: defaultLoaderDir(),
    onEvent: (event) => log.warn(event, 'embedded engine'),
  });
}

/** The keys of the configuration; those it leaves out are an evaluation's own. */
export function secretsOf(config: AppConfig, dataFolder: string): Secrets {
  const { session, encryption, blindIndex, audit } = config.secrets;
  if (session !== null && encryption !== null && blindIndex !== null && audit !== null)
    return { session, encryption, blindIndex, audit };
  return { ...evaluationSecrets(dataFolder), ...dropNulls({ session, encryption, blindIndex, audit }) };
}

function dropNulls(values: Readonly<Record<string, unknown>>): Partial<Secrets> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

/** Everything a composition is built from, but the database. */
export function partsOf(options: StartOptions, addresses: BaseUrls): Omit<Parts, 'database'> {
  const { root, config } = options;
  const dataFolder = resolve(root, config.data.folder);
  const staticFolder = join(root, 'dist/static');
  const translate = createTranslate(join(root, 'config/locales'));
  return {
    ...options,
    version: packageVersion(),
    ids: randomIds,
    secrets: secretsOf(config, dataFolder),
    keyFile: config.secrets.encryption === null ? evaluationKeyFile(dataFolder, encryptionKeyId) : null,
    translate,
    templates: createTemplates({
      folder: join(root, 'templates'),
      translate,
      assetPath: createAssetPath(staticFolder),
    }),
    staticFolder,
    publicBaseUrl: addresses.publicBaseUrl,
    staffBaseUrl: addresses.staffBaseUrl,
    dataFolder,
  };
}

/** Opens the database and composes on it; a database that leaves in the middle is waited for, any other fault is thrown. */
export async function composeWhenReachable(
  parts: Omit<Parts, 'database'>,
  uri: string,
  stopping: AbortSignal,
): Promise<{ composition: Composition; database: Database }> {
  const { database: dbName, serverSelectionTimeoutMs } = parts.config.mongo;
  for (;;) {
    const database = openDatabase({ uri, dbName, serverSelectionTimeoutMs });
    const close = (): void => void database.close();
    stopping.addEventListener('abort', close, { once: true });
    const late = setTimeout(
      () => void sayWhyWaiting(parts.log, database),
      serverSelectionTimeoutMs + retryMs,
    );
    await database.connected();
    clearTimeout(late);
    try {
      return { composition: await compose({ ...parts, database }), database };
    } catch (error) {
      await database.close();
      if (!isDatabaseUnavailable(error) || stopping.aborted) throw error;
    } finally {
      stopping.removeEventListener('abort', close);
    }
  }
}

async function sayWhyWaiting(log: Logger, database: Database): Promise<void> {
  const { reason } = await database.status();
  log.warn({ reason }, 'waiting for the database');
}

/**
 * Builds the indexes and seeds what is empty, again from the beginning when the database leaves in the middle. Gives the
 * administrator of the very first start, unless the password is the configured one, which is never repeated.
 */
export async function prepareWhenReachable(
  composition: Composition,
  config: AppConfig,
  signal: AbortSignal,
): Promise<Administrator | null> {
  const made = await retryUntil(composition.prepare, isDatabaseUnavailable, { waitMs: retryMs, signal });
  return config.secrets.adminPassword === null ? made : null;
}

/** The demonstration of an evaluation's first start, or the rest of one that was interrupted. */
function demonstrateWhenReachable(
  { demo }: Composition,
  tell: TellProgress,
  signal: AbortSignal,
): Promise<DemonstrationReport | null> {
  return retryUntil(() => demo.build(tell, signal), isDatabaseUnavailable, { waitMs: retryMs, signal });
}

/** Else a database that blinks at this moment would be taken for one whose indexes do not stand. */
async function untilItAnswers(database: Database, signal: AbortSignal): Promise<void> {
  const ask = async (): Promise<void> => {
    if (!(await database.ping())) throw new Error('The database does not answer.');
  };
  await retryUntil(ask, () => true, { waitMs: retryMs, signal });
}

/** Says once what is wrong with the configured addresses: QR codes and mails carry them. */
function warnOfAddresses({ config, log }: StartOptions): void {
  const { publicBaseUrl, staffBaseUrl } = config.http;
  for (const [key, url] of Object.entries({ publicBaseUrl, staffBaseUrl })) {
    const faults = url === null ? [] : baseUrlFaults(url);
    if (faults.length > 0)
      log.warn({ key: `http.${key}`, faults }, 'use a host name and https in this address');
  }
}

/** Starts the service: it listens at once, answers 503 until everything stands, then works. */
export async function startService(options: StartOptions): Promise<Service> {
  const { config, log } = options;
  warnOfAddresses(options);
  const listeners = await openListeners(config.http);
  const stopping = new AbortController();
  const parts = partsOf(options, listeners);
  const engine = await openEngine(options, parts.dataFolder).catch(async (error: unknown) => {
    await listeners.stop(0);
    throw error;
  });
  const composed = composeWhenReachable(parts, engine.uri, stopping.signal);
  const ready = composed.then(async ({ composition, database }) => {
    const { signal } = stopping;
    const { begin } = composition.demo;
    const isDemonstration = await retryUntil(begin, isDatabaseUnavailable, { waitMs: retryMs, signal });
    const administrator = await prepareWhenReachable(composition, config, signal);
    if (isDemonstration && administrator !== null) options.tellFirst?.(administrator);
    const tell = options.tell ?? (() => undefined);
    const demonstration = await demonstrateWhenReachable(composition, tell, signal);
    const stands = { composition, administrator, demonstration };
    listeners.serve(composition);
    await untilItAnswers(database, stopping.signal);
    const { ready: indexed, reason } = await database.status();
    if (signal.aborted) return stands;
    if (indexed) await composition.jobs.start();
    else log.error({ reason }, 'not ready: no job runs');
    return stands;
  });
  ready.catch(() => undefined);
  return {
    baseUrl: listeners.publicBaseUrl,
    staffBaseUrl: listeners.staffBaseUrl,
    port: listeners.port,
    staffPort: listeners.staffPort,
    ready,
    stop: async () => {
      stopping.abort();
      const standing = await composed.catch(() => null);
      await Promise.all([
        listeners.stop(graceMs),
        standing?.composition.jobs.stop(graceMs),
        standing?.composition.stop(),
      ]);
      await standing?.composition.audit.end();
      await standing?.database.close();
      await engine.stop();
    },
  };
}
