import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { startEmbeddedEngine } from '../../src/database/embedded-engine.child-process.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { addMonths, periodOf } from '../../src/shared/reporting-period.ts';
import type { ReportingPeriod } from '../../src/shared/reporting-period.ts';
import { freePort, startChildServer } from './child-server.ts';
import { startClosingProcess } from './close-process.ts';
import type { ClosingProcess } from './close-process.ts';
import { responseCount } from './generate-responses-count.ts';
import { writeBenchHospital } from './generate-responses-hospital.ts';
import type { BenchHospital } from './generate-responses-hospital.ts';
import { generateResponses } from './generate-responses.ts';
import type { GeneratedMonth } from './generate-responses.ts';
import { median } from './median.ts';
import { productionEnvironment } from './start-environment.ts';
import { logIn, readPages } from './scorecard-page-visitor.ts';
import type { Visitor } from './scorecard-page-visitor.ts';

const database = 'bench_scorecard_page';
const moreMonths = 12;
const rounds = 3;
const requests = 1_000;
const inFlight = 4;
const warmUp = 200;

interface Bench {
  readonly hospital: BenchHospital;
  readonly closing: ClosingProcess;
  readonly generate: (month: GeneratedMonth) => Promise<void>;
  readonly visitor: Visitor;
}

const load = (): string => `load ${(loadavg()[0] ?? 0).toFixed(1)}`;
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor(sorted.length * share)] ?? 0;

/** Prints and gives the median of the rounds' p99, in ms. */
async function measure(
  { visitor, hospital }: Bench,
  period: ReportingPeriod,
  title: string,
): Promise<number> {
  const codes = hospital.departmentCodes;
  const paths = Array.from(
    { length: requests },
    (_, n) => `/scorecards/${period}/${codes[n % codes.length] ?? ''}`,
  );
  await readPages(visitor, paths.slice(0, warmUp), inFlight);
  const p99: number[] = [];
  const p50: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const times = await readPages(visitor, paths, inFlight);
    p99.push(quantile(times, 0.99));
    p50.push(quantile(times, 0.5));
  }
  const all = p99.map((ms) => ms.toFixed(1)).join(' ');
  console.log(
    `${title}: p99 ${median(p99).toFixed(1)} ms [${all}], median ${median(p50).toFixed(1)} ms, ${load()}`,
  );
  return median(p99);
}

async function measureProvisional(bench: Bench, period: ReportingPeriod, count: number): Promise<void> {
  await bench.generate({ period, count, until: new Date() });
  const path = `/scorecards/${period}/${bench.hospital.departmentCodes[0] ?? ''}`;
  const [first = 0] = await readPages(bench.visitor, [path], 1);
  // The service may have counted the month by itself already, or show its last count while it counts anew.
  console.log(`快报 of ${count} responses, the first view: ${first.toFixed(0)} ms, ${load()}`);
  await measure(bench, period, '快报, every other view of the ten minutes');
}

async function measureAll(bench: Bench, count: number): Promise<void> {
  const current = periodOf(new Date().toISOString().slice(0, 10));
  // Two months back every month is due to close.
  const period = addMonths(current, -2);
  await bench.generate({ period, count });
  await bench.closing.ask({ work: 'close', period });
  const alone = await measure(bench, period, `closed month of ${count} responses (bar 50 ms)`);
  for (let back = 1; back <= moreMonths; back += 1) {
    await bench.generate({ period: addMonths(period, -back), count: Math.ceil(count / 10) });
    await bench.closing.ask({ work: 'close', period: addMonths(period, -back) });
  }
  const among = await measure(bench, period, `the same with ${moreMonths} more closed months`);
  console.log(`p99 now / before ${(among / alone).toFixed(2)}`);
  await measureProvisional(bench, current, count);
}

/** The page of a scorecard as the office reads it, in a month of N responses (100,000), without and with a year before it. */
export async function benchScorecardPage([count]: readonly string[]): Promise<void> {
  const wanted = responseCount(count);
  const folder = mkdtempSync(join(tmpdir(), 'bench-scorecard-page-'));
  const hospital = writeBenchHospital(folder);
  const engine = await startEmbeddedEngine({ dataDir: join(folder, 'engine') });
  const password = randomUUID();
  const environment = {
    ...productionEnvironment(engine.uri, database, await freePort()),
    ...hospital.environment,
    ADMIN_PASSWORD: password,
  };
  const client = new MongoClient(engine.uri);
  const closing = await startClosingProcess(environment);
  const service = await startChildServer(join(projectRoot(), 'dist/src/main.js'), [], environment);
  try {
    const responses = client
      .db(database)
      .collection<{ _id: string } & Record<string, unknown>>('surveyResponses');
    const hospitalTime = createHospitalTime('Asia/Shanghai');
    const generate = (month: GeneratedMonth): Promise<void> =>
      generateResponses(responses, hospital, hospitalTime, month);
    await measureAll({ hospital, closing, generate, visitor: await logIn(service.base, password) }, wanted);
  } finally {
    await service.stop();
    await closing.stop();
    await client.close();
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
