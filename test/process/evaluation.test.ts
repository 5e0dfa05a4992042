import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { daysOf } from '../../src/shared/reporting-period.ts';
import { submission } from '../journeys/loop-answers.ts';
import { latestDuePeriod } from '../support/due-period.ts';
import { eventually } from '../support/eventually.ts';
import { httpClient } from '../support/http-client.ts';
import { dataFolder, endAll, startServiceProcess, statusOf } from '../support/service-process.ts';
import type { ServiceProcess } from '../support/service-process.ts';

/* `DEMO=false npm start`: two starts on one data folder, which was empty before the first; with departments, but for one test. */

const period = latestDuePeriod(new Date());
const passwordLine = /one-time password \(shown only now\): (\S+)/g;

let folder: string;
let service: ServiceProcess;
let password: string;

async function welcomed(): Promise<string> {
  await service.ready();
  return eventually(
    'the addresses are printed',
    () => service.output().includes('/readyz') && service.output(),
  );
}

function kept(): readonly string[] {
  const mails = join(folder, 'mail');
  return existsSync(mails) ? readdirSync(mails).filter((file) => file.endsWith('.eml')) : [];
}

beforeAll(async () => {
  folder = dataFolder();
  service = await startServiceProcess({ DATA_DIR: folder });
});

afterAll(endAll);

describe('the evaluation', () => {
  test('starts on an empty folder and prints its addresses, and the one-time password once', async () => {
    const said = await welcomed();

    for (const path of ['/', '/s/', '/login', '/worklist', '/scorecards', '/mailbox', '/readyz']) {
      expect(said).toContain(`http://localhost:${String(service.port)}${path}`);
    }
    const passwords = [...said.matchAll(passwordLine)].map(([, found]) => found);
    expect(passwords).toHaveLength(1);
    password = passwords[0] ?? '';
  });

  test('with DEMO=false and nothing else begins with no department and no answer', async () => {
    const empty = await startServiceProcess({ DATA_DIR: dataFolder(), DEPARTMENTS_FILE: '' });
    await empty.ready();

    const { items } = (await (await fetch(`${empty.baseUrl}/api/v1/departments`)).json()) as {
      readonly items: readonly unknown[];
    };

    expect(items).toEqual([]);
    await eventually('the addresses are printed', () => empty.output().includes('/readyz'));
    expect(empty.output()).not.toContain('/s/');
    expect((await empty.stop()).code).toBe(0);
  });

  test('answers the pages it names, the mailbox without a login', async () => {
    const paths = ['/', '/login', '/mailbox', '/healthz', '/readyz', '/s/internal-medicine'];

    const statuses = await Promise.all(paths.map((path) => statusOf(`${service.baseUrl}${path}`)));

    expect(statuses).toEqual(paths.map(() => 200));
  });

  test('the printed password logs the administrator in, who enters a paper answer of an ended month', async () => {
    const office = httpClient(service.baseUrl);
    await office.logIn('admin', password);

    const entered = await office.post('/api/v1/survey-responses', {
      ...submission(0),
      mode: 'paper',
      answeredOn: daysOf(period).last,
    });

    expect(entered.status).toBe(201);
    expect(entered.json()).toMatchObject({ period });
  });

  test('the second start prints no password, and the first one’s still logs in', async () => {
    expect((await service.stop()).code).toBe(0);
    service = await startServiceProcess({ DATA_DIR: folder });

    const said = await welcomed();

    expect(said).not.toMatch(passwordLine);
    expect(said).not.toContain(password);
    await httpClient(service.baseUrl).logIn('admin', password);
  });

  test('the month that was due is closed at the start, its mails kept as .eml files and shown in the mailbox', async () => {
    const seed = readFileSync('config/departments.sample.json', 'utf8');
    const recipients = [...seed.matchAll(/"email": "([^"]+)"/g)].map(([, email]) => email ?? '');

    await eventually('every recipient has a mail', () => kept().length >= recipients.length);

    const mails = kept().map((file) => readFileSync(join(folder, 'mail', file), 'latin1'));
    const addressed = mails.map((mail) => /^To: .*?([\w.]+@[\w.]+)/m.exec(mail)?.[1]);
    expect(addressed).toHaveLength(recipients.length);
    expect(new Set(addressed)).toEqual(new Set(recipients));
    const shown = await httpClient(service.baseUrl).get('/mailbox');
    for (const recipient of recipients) expect(shown.text).toContain(recipient);
  });
});
