import { resolve } from 'node:path';
import type { Composition } from '../src/compose.ts';
import { findRunningEngine } from '../src/database/running-engine.net.ts';
import { systemClock } from '../src/shared/clock.ts';
import { loadConfig } from '../src/shared/config.ts';
import { DomainError } from '../src/shared/domain-error.ts';
import { silentLogger } from '../src/shared/logger.ts';
import { projectRoot } from '../src/shared/project-root.node.ts';
import { composeWhenReachable, openEngine, partsOf } from '../src/start-service.ts';

async function compose(work: (composition: Composition) => Promise<void>): Promise<void> {
  const root = projectRoot();
  const config = loadConfig(root);
  const options = { root, config, clock: systemClock, random: Math.random, log: silentLogger };
  const baseUrl = config.http.publicBaseUrl ?? `http://localhost:${config.http.port}`;
  const parts = partsOf(options, baseUrl.replace(/\/+$/, ''));
  // The engine of a running service is shared; otherwise one is started for the time of the script.
  const running =
    config.mongo.uri === null ? await findRunningEngine(resolve(parts.dataFolder, 'engine')) : null;
  const engine = running === null ? await openEngine(options, parts.dataFolder) : null;
  const stopping = new AbortController();
  const { composition, database } = await composeWhenReachable(
    parts,
    engine?.uri ?? running ?? '',
    stopping.signal,
  );
  try {
    await composition.prepare();
    await work(composition);
  } finally {
    await composition.stop();
    await database.close();
    await engine?.stop();
  }
}

/** Runs one use case of the composed service without HTTP and jobs; an error ends in its sentence and exit code 1. */
export async function runScript(work: (composition: Composition) => Promise<void>): Promise<void> {
  try {
    await compose(work);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    if (error instanceof DomainError)
      for (const { pointer, detail } of error.errors) console.error(`  ${pointer}: ${detail}`);
    process.exitCode = 1;
  }
}
