import { resolve } from 'node:path';
import type { Composition } from '../src/compose.ts';
import { findRunningEngine } from '../src/database/running-engine.net.ts';
import { systemClock } from '../src/shared/clock.ts';
import { loadConfig } from '../src/shared/config.ts';
import { DomainError } from '../src/shared/domain-error.ts';
import { silentLogger } from '../src/shared/logger.ts';
import { projectRoot } from '../src/shared/project-root.node.ts';
import { baseUrlsOf } from '../src/listeners.ts';
import { composeWhenReachable, openEngine, partsOf, prepareWhenReachable } from '../src/start-service.ts';
import type { StartOptions } from '../src/start-service.ts';
import { databaseLine, refuseToBegin } from './script-database.ts';

type Work = (composition: Composition) => Promise<void>;

async function workOn(uri: string, options: StartOptions, work: Work): Promise<void> {
  const { config } = options;
  const { http } = config;
  const parts = partsOf(options, baseUrlsOf(http, http.port, http.staffPort));
  // A service waits for its database as long as it takes; a person at a terminal is told.
  const patience = new AbortController();
  const limit = setTimeout(() => patience.abort(), config.mongo.serverSelectionTimeoutMs + 2_000);
  const composed = composeWhenReachable(parts, uri, patience.signal).finally(() => clearTimeout(limit));
  const { composition, database } = await composed.catch((error: unknown) => {
    throw patience.signal.aborted
      ? new Error('The database does not answer: start it, or check MONGODB_URI.', { cause: error })
      : error;
  });
  try {
    const administrator = await prepareWhenReachable(composition, config, new AbortController().signal);
    if (administrator !== null) {
      const { username, oneTimePassword } = administrator;
      console.log(`Administrator ${username}, one-time password (shown only now): ${oneTimePassword}`);
    }
    await work(composition);
  } finally {
    await composition.stop();
    await composition.audit.end();
    await database.close();
  }
}

async function compose(work: Work, mayBegin: boolean): Promise<void> {
  const root = projectRoot();
  const config = loadConfig(root);
  console.error(databaseLine(config, root));
  // On a server's data nobody begins with invented keys.
  if (!mayBegin || config.mongo.uri !== null) refuseToBegin(config, root);
  const options = { root, config, clock: systemClock, random: Math.random, log: silentLogger };
  const dataFolder = resolve(root, config.data.folder);
  // The engine of a running service is shared; otherwise one is started for the time of the script.
  const running = config.mongo.uri === null ? await findRunningEngine(resolve(dataFolder, 'engine')) : null;
  if (running !== null) return workOn(running, options, work);
  const engine = await openEngine(options, dataFolder);
  try {
    return await workOn(engine.uri, options, work);
  } finally {
    await engine.stop();
  }
}

/**
 * Runs one use case of the composed service without HTTP and jobs; an error ends in its sentence and exit code 1. Only a
 * script that may be the first to touch a hospital begins an evaluation where none stands (`mayBegin`).
 */
export async function runScript(work: Work, { mayBegin = false } = {}): Promise<void> {
  try {
    await compose(work, mayBegin);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    if (error instanceof DomainError)
      for (const { pointer, detail } of error.errors) console.error(`  ${pointer}: ${detail}`);
    process.exitCode = 1;
  }
}
