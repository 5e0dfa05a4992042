import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEngine } from '../../src/database/embedded-engine.child-process.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { freePort, startChildServer } from './child-server.ts';
import type { ChildServer } from './child-server.ts';
import { load } from './load.ts';
import type { Round } from './load.ts';
import { median } from './median.ts';

const rounds = 7;
const requestsPerRound = 4000;
const inFlight = 16;

interface Form {
  readonly id: string;
  readonly version: number;
  readonly items: readonly { code: string; kind: string; options: readonly { code: string }[] }[];
}

function productionEnvironment(uri: string, port: number): Readonly<Record<string, string>> {
  return {
    NODE_ENV: 'production',
    PORT: String(port),
    HOST: '127.0.0.1',
    MONGODB_URI: uri,
    MONGODB_DATABASE: 'bench_service',
    SMTP_URL: 'smtp://127.0.0.1:9',
    PUBLIC_BASE_URL: `http://127.0.0.1:${port}`,
    TRUST_PROXY: '1',
    SESSION_SECRET: randomBytes(32).toString('hex'),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
    DEPARTMENTS_FILE: 'config/departments.sample.json',
  };
}

async function bodyMaker(base: string): Promise<(n: number) => string> {
  const read = async <T>(path: string): Promise<T> => (await (await fetch(`${base}${path}`)).json()) as T;
  const form = await read<Form>('/api/v1/survey-forms/outpatient');
  const { items: departments } = await read<{ items: readonly { code: string }[] }>('/api/v1/departments');
  const choices = form.items.filter(({ kind }) => kind === 'choice');
  return (n) => {
    const answers = Object.fromEntries(
      choices.map(({ code, options }, index) => [code, options[(n + index) % options.length]?.code]),
    );
    const departmentCode = departments[n % departments.length]?.code;
    const { id: formId, version: formVersion } = form;
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

function print(name: string, results: readonly Round[]): void {
  const rates = results.map(({ perSecond }) => Math.round(perSecond)).join(' ');
  const p99 = median(results.map(({ p99Ms }) => p99Ms)).toFixed(1);
  console.log(
    `${name}: median ${median(results.map((one) => one.perSecond)).toFixed(0)}/s, p99 ${p99} ms  [${rates}]`,
  );
}

async function alternate(bare: ChildServer, service: ChildServer): Promise<void> {
  const body = await bodyMaker(service.base);
  const measured: { bare: Round[]; service: Round[] } = { bare: [], service: [] };
  for (let round = -1; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? (['service', 'bare'] as const) : (['bare', 'service'] as const)) {
      const { base } = name === 'bare' ? bare : service;
      const result = await load(base, { requests: requestsPerRound, inFlight, body });
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

/** Submits through the whole production stack against bare Express and the driver, both on the same engine. */
export async function benchSubmit(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-submit-'));
  const engine = await startEmbeddedEngine({ dataDir: join(folder, 'engine') });
  const root = projectRoot();
  const bare = await startChildServer(
    join(root, 'dist/scripts/bench/bare-server.js'),
    [engine.uri, 'bench_bare'],
    {},
  );
  const service = await startChildServer(
    join(root, 'dist/src/main.js'),
    [],
    productionEnvironment(engine.uri, await freePort()),
  );
  try {
    await alternate(bare, service);
  } finally {
    await service.stop();
    await bare.stop();
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
