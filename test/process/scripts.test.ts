import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addMonths, daysOf } from '../../src/shared/reporting-period.ts';
import { submission } from '../journeys/loop-answers.ts';
import { latestDuePeriod } from '../support/due-period.ts';
import { httpClient } from '../support/http-client.ts';
import { runScript } from '../support/run-script.ts';
import type { Said } from '../support/run-script.ts';
import {
  dataFolder,
  endAll,
  enginePid,
  isAlive,
  onDatabaseOf,
  startServiceProcess,
  storedBy,
  severalStartsMs,
} from '../support/service-process.ts';
import type { ServiceProcess } from '../support/service-process.ts';

/* The scripts on the data of a running evaluation, then without a service. */

const adminPassword = 'plum blossom in the snow';
const period = latestDuePeriod(new Date());

let folder: string;
let service: ServiceProcess;
let away: Promise<Said>;

beforeAll(async () => {
  folder = dataFolder();
  service = await startServiceProcess({ DATA_DIR: folder, ADMIN_PASSWORD: adminPassword });
  await service.ready();
  // Waits for a while before it gives up: begun here, looked at in the last test.
  away = run('close-month', [period], { MONGODB_URI: 'mongodb://nurse:river-stone@127.0.0.1:9/' });
});

afterAll(endAll);

const run = (script: string, args: readonly string[], env = {}): Promise<Said> =>
  runScript(script, args, { DATA_DIR: folder, ...env });

function fileOf(content: unknown): string {
  const file = join(folder, 'departments.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const ward = {
  code: 'rehabilitation',
  name: { 'zh-Hans': '康复科', 'zh-Hant': '康復科', en: 'Rehabilitation' },
  kind: 'clinical',
  active: true,
  recipients: [],
};

describe('close-month', () => {
  test('with --dry-run prints what closing would say on the running service’s data, and stores nothing', async () => {
    const office = httpClient(service.baseUrl);
    await office.logIn('admin', adminPassword);
    const paper = { ...submission(0), mode: 'paper', answeredOn: daysOf(period).last };
    expect((await office.post('/api/v1/survey-responses', paper)).status).toBe(201);
    // The cut-off lies a minute before the closing: this answer came an hour ago.
    const hourAgo = new Date(Date.now() - 3_600_000);
    await onDatabaseOf(folder, (at) =>
      at.collection('surveyResponses').updateMany({}, { $set: { receivedAt: hourAgo } }),
    );

    const said = await run('close-month', [period, '--dry-run']);

    expect(said).toMatchObject({ code: 0, errors: '' });
    expect(said.output).toMatch(/^internal-medicine\t.*\toutpatient n=1$/m);
    expect(said.output).toContain('Nothing was stored');
    expect(await storedBy(folder, 'scorecards')).toEqual([]);
    expect(await storedBy(folder, 'reportingPeriods')).toEqual([]);
  });

  test('closes the month in the running service’s database, once: again it says the same', async () => {
    const first = await run('close-month', [period]);
    const second = await run('close-month', [period]);

    expect(first).toMatchObject({ code: 0, errors: '' });
    expect(first.output).toContain(`${period} revision 1, `);
    expect(second).toEqual(first);
    const office = httpClient(service.baseUrl);
    await office.logIn('admin', adminPassword);
    const shown = await office.get(`/api/v1/scorecards/${period}/internal-medicine`);
    expect(shown.status).toBe(200);
    expect(isAlive(enginePid(folder) ?? 0)).toBe(true);
  });

  test.each([
    ['a month that is none', '2026-13'],
    ['a month that has not ended', addMonths(period, 2)],
  ])('ends with 1 and one sentence for %s', async (_what, month) => {
    const said = await run('close-month', [month]);

    expect(said.code).toBe(1);
    expect(said.output).toBe('');
    expect(said.errors).toMatch(/^[A-Z][^\n]*\.$/);
  });
});

describe('reset-password', () => {
  test('prints a new one-time password, with which the person logs in; the old one is over', async () => {
    const said = await run('reset-password', ['Admin']);

    expect(said).toMatchObject({ code: 0, errors: '' });
    const password = /^admin, one-time password \(shown only now\): (\S+)$/m.exec(said.output)?.[1] ?? '';
    const body = { username: 'admin' };
    const client = httpClient(service.baseUrl);
    expect((await client.post('/api/v1/sessions', { ...body, password: adminPassword })).status).toBe(401);
    expect((await client.post('/api/v1/sessions', { ...body, password })).status).toBe(201);
  });

  test.each([
    ['no name', [], 'Name the account: npm run reset-password -- USERNAME'],
    ['a name that nobody has', ['nobody'], 'There is no such account.'],
  ])('ends with 1 and one sentence for %s', async (_what, args, errors) => {
    expect(await run('reset-password', args)).toMatchObject({ code: 1, output: '', errors });
  });
});

describe('import-departments', () => {
  test('names every fault of a file with its place, and writes none of it', async () => {
    const faulty = {
      departments: [
        ward,
        { ...ward, code: 'Not A Code', kind: 'palace' },
        {
          ...ward,
          code: 'burns',
          recipients: [{ name: '赵', role: 'head', email: 'no address', language: 'xx' }],
        },
      ],
    };

    const said = await run('import-departments', [fileOf(faulty)]);

    expect(said.code).toBe(1);
    for (const place of ['1/code', '1/kind', '2/recipients/0/email', '2/recipients/0/language']) {
      expect(said.errors).toMatch(new RegExp(`^  /departments/${place}: \\S`, 'm'));
    }
    const codes = (await storedBy(folder, 'departments')).map(({ _id }) => _id);
    expect(codes).not.toContain('rehabilitation');
  });

  test.each([
    [
      'a file that is not JSON',
      () => [fileOf('{"departments": [')],
      /^The department file .* is not JSON\.$/,
    ],
    ['no file', () => [], /^Name the file: npm run import-departments -- FILE\.json \[--dry-run\]$/],
  ])('ends with 1 and one sentence for %s', async (_what, args, sentence) => {
    const said = await run('import-departments', args());

    expect(said.code).toBe(1);
    expect(said.errors).toMatch(sentence);
  });
});

describe('every script', () => {
  test('says first, on stderr, on which database and in which mode it works, without a password', async () => {
    const archive = join(folder, 'archive.gz');
    const own = `Database patient_satisfaction on the embedded engine of ${folder}, evaluation.`;

    expect((await run('close-month', ['2026-13'])).database).toBe(own);
    expect(await run('backup', [archive])).toMatchObject({ code: 0, database: own, errors: '' });
    expect((await away).database).toBe(
      'Database patient_satisfaction on the server 127.0.0.1:9, evaluation.',
    );
  });
});

describe('without a running service the scripts', () => {
  test(
    'work on the same data with an engine of their own, which is gone afterwards',
    async () => {
      expect((await service.stop()).code).toBe(0);
      const file = fileOf({ departments: [ward] });

      const preview = await run('import-departments', [file, '--dry-run']);
      const first = await run('import-departments', [file]);
      const second = await run('import-departments', [file]);

      expect(preview.output).toMatch(/^rehabilitation\tnew\nNothing was written/);
      expect([first.output, second.output]).toEqual(['rehabilitation\tnew\n', 'rehabilitation\tunchanged\n']);
      expect([preview, first, second].map(({ code }) => code)).toEqual([0, 0, 0]);
      expect(enginePid(folder)).toBeNull();
    },
    severalStartsMs,
  );

  test(
    'begin no evaluation where none stands, but for the import of departments, which prints the one-time password',
    async () => {
      const fresh = dataFolder();
      const sentence = /^No evaluation stands in \S+, and a script begins none: [^\n]+\.$/;
      const refusals = [
        await run('audit-verify', [], { DATA_DIR: fresh }),
        await run('reset-password', ['admin'], { DATA_DIR: fresh, MONGODB_URI: 'mongodb://127.0.0.1:9/' }),
      ];
      for (const refused of refusals) {
        expect(refused).toMatchObject({ code: 1, output: '', errors: expect.stringMatching(sentence) });
      }
      expect(readdirSync(fresh)).toEqual([]);

      const file = fileOf({ departments: [ward] });
      const said = await run('import-departments', [file], { DATA_DIR: fresh });

      const password = /one-time password \(shown only now\): (\S+)/.exec(said.output)?.[1] ?? '';
      const first = await startServiceProcess({ DATA_DIR: fresh });
      await first.ready();
      await httpClient(first.baseUrl).logIn('admin', password);
      expect((await first.stop()).code).toBe(0);
    },
    severalStartsMs,
  );

  test('end with 1 and one sentence when the database is away', async () => {
    expect(await away).toMatchObject({
      code: 1,
      output: '',
      errors: 'The database does not answer: start it, or check MONGODB_URI.',
    });
  });
});
