import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { Collection } from 'mongodb';
import { startEmbeddedEngine } from '../../src/database/embedded-engine.child-process.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { freePort, startChildServer } from './child-server.ts';
import type { ChildServer } from './child-server.ts';
import { responseCount } from './generate-responses-count.ts';
import { writeBenchHospital } from './generate-responses-hospital.ts';
import type { BenchHospital } from './generate-responses-hospital.ts';
import { load } from './load.ts';
import type { Round } from './load.ts';
import { median } from './median.ts';
import { productionEnvironment } from './start-environment.ts';

const rounds = 7;
const inFlight = 16;
const databases = { bare: 'bench_bare', service: 'bench_service' } as const;

/** The documents the servers have stored. */
interface Stored {
  readonly bare: Collection;
  readonly service: Collection;
}

function bodyMaker({ form, departmentCodes }: BenchHospital): (n: number) => string {
  const { id: formId, version: formVersion, items } = form;
  return (n) => {
    const answers = Object.fromEntries(
      items.map(({ code, options }, index) => [code, options[(n + index) % options.length]?.code]),
    );
    const departmentCode = departmentCodes[n % departmentCodes.length];
    return JSON.stringify({
      submissionId: randomUUID(),
      formId,
      formVersion,
      departmentCode,
      mode: 'web',
      answers,
    });
  };
}

/** How many documents a server stored, their fields, and their average size. */
async function describe(collection: Collection): Promise<{ keys: string; bytes: number; count: number }> {
  const [found] = await collection
    .aggregate<{ bytes: number }>([{ $group: { _id: null, bytes: { $avg: { $bsonSize: '$$ROOT' } } } }])
    .toArray();
  const one = await collection.findOne({});
  const keys = Object.keys(one ?? {}).toSorted();
  return { keys: keys.join(' '), bytes: found?.bytes ?? 0, count: await collection.countDocuments({}) };
}

/** Throws unless both servers stored all and like documents: the same fields, as large to 1 % on average. */
async function checkStored({ bare, service }: Stored): Promise<void> {
  const [a, b] = [await describe(bare), await describe(service)];
  console.log(`documents: bare ${a.bytes.toFixed(0)} bytes, service ${b.bytes.toFixed(0)} bytes`);
  if (a.count + 1 === b.count && a.keys === b.keys && Math.abs(a.bytes / b.bytes - 1) < 0.01) return;
  throw new Error(`The servers do not store the same: ${JSON.stringify([a, b])}`);
}

function print(name: string, results: readonly Round[]): void {
  const rates = results.map(({ perSecond }) => Math.round(perSecond)).join(' ');
  const p99 = median(results.map(({ p99Ms }) => p99Ms)).toFixed(1);
  console.log(
    `${name}: median ${median(results.map((one) => one.perSecond)).toFixed(0)}/s, p99 ${p99} ms  [${rates}]`,
  );
}

async function alternate(
  bare: ChildServer,
  service: ChildServer,
  options: { readonly requests: number; readonly body: (n: number) => string },
): Promise<void> {
  const measured: { bare: Round[]; service: Round[] } = { bare: [], service: [] };
  for (let round = -1; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? (['service', 'bare'] as const) : (['bare', 'service'] as const)) {
      const { base } = name === 'bare' ? bare : service;
      const result = await load(base, { ...options, inFlight });
      if (result.failures > 0) throw new Error(`${result.failures} requests to the ${name} server failed.`);
      // The first round of each warms up.
      if (round >= 0) measured[name].push(result);
    }
  }
  print('bare Express + insertOne', measured.bare);
  print('service', measured.service);
  const of = (pick: (round: Round) => number): number =>
    median(measured.service.map(pick)) / median(measured.bare.map(pick));
  console.log(`throughput ratio ${of(({ perSecond }) => perSecond).toFixed(3)} (bar 0.75, aim 0.85)`);
  console.log(`p99 ratio ${of(({ p99Ms }) => p99Ms).toFixed(2)} (bar 1.5)`);
}

/**
 * Submits 20 answers at a time through the whole production stack against bare Express and the driver, both on the same
 * engine, N (4,000) in each round.
 */
export async function benchSubmit([count]: readonly string[]): Promise<void> {
  const requests = responseCount(count ?? '4000');
  const folder = mkdtempSync(join(tmpdir(), 'bench-submit-'));
  const hospital = writeBenchHospital(folder);
  const engine = await startEmbeddedEngine({ dataDir: join(folder, 'engine') });
  const root = projectRoot();
  const service = await startChildServer(join(root, 'dist/src/main.js'), [], {
    ...productionEnvironment(engine.uri, databases.service, await freePort()),
    ...hospital.environment,
  });
  const client = new MongoClient(engine.uri);
  const body = bodyMaker(hospital);
  // The bare server takes over what the service stores of one answer.
  await load(service.base, { requests: 1, inFlight: 1, body });
  const bareArguments = [engine.uri, databases.bare, databases.service];
  const bare = await startChildServer(join(root, 'dist/scripts/bench/bare-server.js'), bareArguments, {});
  try {
    await alternate(bare, service, { requests, body });
    const storedBy = (name: keyof typeof databases): Collection =>
      client.db(databases[name]).collection('surveyResponses');
    await checkStored({ bare: storedBy('bare'), service: storedBy('service') });
  } finally {
    await client.close();
    await service.stop();
    await bare.stop();
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
