import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { Collection } from 'mongodb';
import { startEmbeddedEngine } from '../../src/database/embedded-engine.child-process.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { addMonths, periodOf } from '../../src/shared/reporting-period.ts';
import type { ReportingPeriod } from '../../src/shared/reporting-period.ts';
import { startClosingProcess } from './close-process.ts';
import type { ClosingProcess } from './close-process.ts';
import { generateResponses } from './generate-responses.ts';
import { writeBenchHospital } from './generate-responses-hospital.ts';
import type { BenchHospital } from './generate-responses-hospital.ts';
import { responseCount } from './generate-responses-count.ts';
import { median } from './median.ts';
import { productionEnvironment } from './start-environment.ts';

const database = 'bench_close';
const moreMonths = 12;
const manyResponses = 300_000;

type Row = { _id: string } & Record<string, unknown>;

interface Bench {
  readonly responses: Collection<Row>;
  readonly closing: ClosingProcess;
  readonly period: ReportingPeriod;
  readonly rounds: number;
}

interface Medians {
  readonly plainMs: number;
  readonly countMs: number;
}

const load = (): string => `load ${(loadavg()[0] ?? 0).toFixed(1)}`;
const all = (times: readonly number[]): string => times.map((ms) => (ms / 1000).toFixed(2)).join(' ');
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** What closing is held against: the same figures by one plain pipeline. */
async function plainCount({ responses, period }: Bench): Promise<number> {
  const startedAt = performance.now();
  const by = {
    departmentCode: '$departmentCode',
    patientGroup: '$patientGroup',
    mode: '$mode',
    item: '$answers.item',
    option: '$answers.option',
  };
  const groups = await responses
    .aggregate([{ $match: { period } }, { $unwind: '$answers' }, { $group: { _id: by, n: { $sum: 1 } } }])
    .toArray();
  if (groups.length === 0) throw new Error('The plain count found nothing.');
  return performance.now() - startedAt;
}

async function alternate(bench: Bench, title: string): Promise<Medians> {
  const plain: number[] = [];
  const count: number[] = [];
  const ofPlain = async (): Promise<unknown> => plain.push(await plainCount(bench));
  const ofCount = async (): Promise<unknown> =>
    count.push((await bench.closing.ask({ work: 'count', period: bench.period })).ms);
  for (let round = -1; round < bench.rounds; round += 1) {
    for (const run of round % 2 === 0 ? [ofPlain, ofCount] : [ofCount, ofPlain]) await run();
    // The first round of each warms up.
    if (round < 0) plain.length = count.length = 0;
  }
  const medians = { plainMs: median(plain), countMs: median(count) };
  console.log(`${title}, ${load()}:`);
  console.log(`  plain $unwind + $group: median ${seconds(medians.plainMs)}  [${all(plain)}]`);
  console.log(`  counting the month: median ${seconds(medians.countMs)}  [${all(count)}]`);
  return medians;
}

async function measure(bench: Bench, hospital: BenchHospital, count: number): Promise<void> {
  const { responses, closing, period } = bench;
  const hospitalTime = createHospitalTime('Asia/Shanghai');
  const generate = async (month: ReportingPeriod, ofCount: number): Promise<void> =>
    generateResponses(responses, hospital, hospitalTime, { period: month, count: ofCount });
  const startedAt = performance.now();
  await generate(period, count);
  console.log(`${count} responses generated in ${seconds(performance.now() - startedAt)}`);

  const alone = await alternate(bench, `${count} responses of one month`);
  console.log(`  ratio ${(alone.countMs / alone.plainMs).toFixed(3)} (bar 1.3), without the freezing`);

  const each = Math.ceil(count / 10);
  for (let back = 1; back <= moreMonths; back += 1) await generate(addMonths(period, -back), each);
  const among = await alternate(bench, `the same with ${moreMonths} more months of ${each}`);
  console.log(`  ratio ${(among.countMs / among.plainMs).toFixed(3)} (bar 1.3)`);
  console.log(`  counting now / before ${(among.countMs / alone.countMs).toFixed(3)} (bar 1.2)`);
  console.log(`  plain now / before ${(among.plainMs / alone.plainMs).toFixed(3)}, for comparison`);

  const closed = await closing.ask({ work: 'close', period });
  console.log(
    `whole close, counted and frozen: ${seconds(closed.ms)}, ${closed.cards} scorecards, ${load()}`,
  );
  console.log(
    `  ratio to the plain pipeline ${(closed.ms / among.plainMs).toFixed(3)}, once, for comparison`,
  );
  const mails = await closing.ask({ work: 'mails', period });
  console.log(`${mails.cards} scorecards written as mails: ${seconds(mails.ms)} (bar 15, with PDF and XLSX)`);
  console.log(`peak memory of the closing process: ${closed.peakMb.toFixed(0)} MB (bar 300)`);
}

/** Closes a month of N responses (100,000) × 20 answers against the plain pipeline over the same documents. */
export async function benchClose([count]: readonly string[]): Promise<void> {
  const wanted = responseCount(count);
  const folder = mkdtempSync(join(tmpdir(), 'bench-close-'));
  const hospital = writeBenchHospital(folder);
  const engine = await startEmbeddedEngine({ dataDir: join(folder, 'engine') });
  const client = new MongoClient(engine.uri, { ignoreUndefined: true });
  const closing = await startClosingProcess({
    ...productionEnvironment(engine.uri, database, 3000),
    ...hospital.environment,
  });
  try {
    const responses = client.db(database).collection<Row>('surveyResponses');
    // Two months back every month is due to close.
    const period = addMonths(periodOf(new Date().toISOString().slice(0, 10)), -2);
    const rounds = wanted > manyResponses ? 3 : 7;
    await measure({ responses, closing, period, rounds }, hospital, wanted);
  } finally {
    await closing.stop();
    await client.close();
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
