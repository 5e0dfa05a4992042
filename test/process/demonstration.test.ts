import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { latestDuePeriod } from '../support/due-period.ts';
import { eventually } from '../support/eventually.ts';
import { httpClient } from '../support/http-client.ts';
import { dataFolder, endAll, onDatabase, startServiceProcess, storedBy } from '../support/service-process.ts';
import type { ServiceProcess } from '../support/service-process.ts';

/* `npm start` as a newcomer does it: the first start is killed in the middle, the second completes what it began. */

const period = latestDuePeriod(new Date());
/** Far more than it takes: the machine may be busy with other tests. */
const buildMs = 240_000;

let folder: string;
let service: ServiceProcess;
/** The administrator's password, as the start that was killed had printed it. */
let printedFirst: string;

const demonstrate = async (): Promise<ServiceProcess> =>
  startServiceProcess({ DATA_DIR: folder, DEMO: '', DEPARTMENTS_FILE: '' });
const says = async (text: string): Promise<unknown> =>
  eventually(`it says ${text}`, () => !service.running() || service.output().includes(text), buildMs);
const count = async (collection: string): Promise<number> => (await storedBy(folder, collection)).length;
const staffNumberOf = (praise: unknown): string | null =>
  (praise as { staffNumber: string | null } | null)?.staffNumber ?? null;
const passwordOf = (username: string): string =>
  new RegExp(`^ +${username} +(\\S{10,})`, 'm').exec(service.output())?.[1] ?? '';

beforeAll(async () => {
  folder = dataFolder();
  service = await demonstrate();
  await says('3/13');
  service.signal('SIGKILL');
  await service.ended;
  printedFirst =
    /administrator: admin, 一次性密码 one-time password: (\S+)/.exec(service.output())?.[1] ?? '';
  service = await demonstrate();
  await says('start empty');
}, buildMs);

afterAll(endAll);

describe('the demonstration hospital', () => {
  test('killed in the middle and started again, is complete, and nothing in it is there twice', async () => {
    const [, said = '', discharged = ''] =
      /hospital: ([\d,]+) 份答卷 answers, ([\d,]+) 例出院/.exec(service.output()) ?? [];

    expect(await count('surveyResponses')).toBe(Number(said.replaceAll(',', '')));
    expect(await count('discharges')).toBe(Number(discharged.replaceAll(',', '')));
    expect(await count('reportingPeriods')).toBe(12);
  });

  test('lets the administrator in with the password that was printed before the start was killed', async () => {
    expect(service.output()).not.toContain('administrator');

    await httpClient(service.baseUrl).logIn('admin', printedFirst);
  });

  test('has a staff register, and colleagues of it are praised in their own department', async () => {
    const home = new Map(
      (await storedBy(folder, 'staffMembers')).map((one) => [one._id, one['departmentCode']]),
    );
    const named = (await storedBy(folder, 'surveyResponses')).filter(
      ({ praise }) => staffNumberOf(praise) !== null,
    );

    expect(home.size).toBeGreaterThan(90);
    expect(named.length).toBeGreaterThan(100);
    expect(
      named.filter(({ praise, departmentCode }) => home.get(staffNumberOf(praise) ?? '') !== departmentCode),
    ).toEqual([]);
  });

  test('has the mails of the last closed month in its mailbox, each once, and none of an older month', async () => {
    const rows = await storedBy(folder, 'deliveries');
    const sent = rows.filter((row) => row['period'] === period);
    const mails = join(folder, 'mail');
    const kept = existsSync(mails) ? readdirSync(mails).filter((file) => file.endsWith('.eml')) : [];

    expect(sent.length).toBeGreaterThan(15);
    expect(kept).toHaveLength(sent.length);
    expect(rows.filter((row) => row['state'] !== 'accepted')).toEqual([]);
  });

  test('tells its story: one department better, one worse, one small, one without an answer', async () => {
    const cards = await storedBy(folder, 'scorecards');
    const verdict = (code: string): unknown =>
      cards
        .map((card) => card['scorecard'] as Readonly<Record<string, unknown>>)
        .find((card) => card['period'] === period && card['departmentCode'] === code)?.['verdict'];

    expect(['orthopaedics', 'emergency', 'ophthalmology', 'rehabilitation'].map(verdict)).toEqual([
      'better',
      'worse',
      'too-few',
      'no-data',
    ]);
    expect(['internal-medicine', 'surgery', 'paediatrics'].map(verdict)).toEqual(
      Array<string>(3).fill('no-change'),
    );
  });

  test('lets a newcomer in as nurse with calls to make, as head and as director, and says on every page that it is invented', async () => {
    for (const [username, path] of [
      ['nurse', '/worklist'],
      ['head', `/scorecards/${period}/emergency`],
      ['director', '/scorecards'],
    ] as const) {
      const client = httpClient(service.baseUrl);
      await client.logIn(username, passwordOf(username));
      const page = await client.get(path);
      expect(page.status).toBe(200);
      expect(page.text).toContain('演示数据');
    }
    for (const path of ['/', '/s/emergency', '/login', '/mailbox', '/s/nowhere']) {
      expect((await httpClient(service.baseUrl).get(path)).text).toContain('演示数据');
    }
  });

  test('the next start adds nothing, repeats no password, and still says that the data are invented', async () => {
    const before = await Promise.all(
      ['surveyResponses', 'followUpCalls', 'deliveries', 'accounts'].map(count),
    );
    expect((await service.stop()).code).toBe(0);

    service = await demonstrate();
    await service.ready();

    await eventually('the addresses are printed', () => service.output().includes('/readyz'));
    expect(service.output()).not.toContain('demonstration');
    expect(
      await Promise.all(['surveyResponses', 'followUpCalls', 'deliveries', 'accounts'].map(count)),
    ).toEqual(before);
    expect((await httpClient(service.baseUrl).get('/')).text).toContain('演示数据');
  });
});

describe('outside the evaluation', () => {
  test('a database that holds one is refused before anything is served', async () => {
    const uri = process.env['TEST_MONGODB_URI'] ?? '';
    const dbName = `demonstration_${randomBytes(6).toString('hex')}`;
    await onDatabase({ uri, dbName }, async (connection) => {
      await connection
        .collection('demonstrations')
        .insertOne({ _id: 'hospital' as never, startedAt: new Date() });
    });

    const refused = await startServiceProcess({
      NODE_ENV: 'test',
      DATA_DIR: dataFolder(),
      MONGODB_URI: uri,
      MONGODB_DATABASE: dbName,
    });

    expect(await refused.ended).toEqual({ code: 1, signal: null });
    expect(refused.errors()).toContain('demonstration hospital');
    await onDatabase({ uri, dbName }, async (connection) => connection.dropDatabase());
  });
});
