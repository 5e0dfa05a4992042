import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ImportReport } from '../../src/imports/import-report.ts';
import { takesOlderAnswers } from '../../src/imports/older-months.ts';
import { httpClient } from '../support/http-client.ts';
import type { HttpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;
let admin: HttpClient;

beforeAll(async () => {
  service = await startTestService({
    clock: movingClock('2026-11-02T02:00:00Z'),
    smtpUrl: 'smtp://127.0.0.1:9',
  });
  admin = httpClient(service.baseUrl);
  await admin.logIn('admin', adminPassword);
});
afterAll(() => service.stop());

interface Item {
  readonly code: string;
  readonly text: string;
  readonly options?: readonly { readonly code: string; readonly text: string }[];
}
interface Stored {
  readonly answers: readonly { readonly item: string; readonly option: string }[];
}

const send = async (text: string, dryRun = false): Promise<ImportReport> => {
  const path = `/api/v1/survey-responses/imports?system=outpatient-sheet&dryRun=${dryRun}&lang=zh-Hans`;
  const answer = await admin.upload(path, Uint8Array.from(Buffer.from(text, 'utf8')), 'text/csv');
  return answer.json() as ImportReport;
};

describe('answers of an older system', () => {
  test('keep their day and are marked, map items and options by words or codes, and again change nothing', async () => {
    const form = (await admin.get('/api/v1/survey-forms/outpatient?lang=zh-Hans')).json() as {
      items: Item[];
    };
    const [best = { code: '', text: '' }] =
      form.items.find(({ code }) => code === 'doctor-attitude')?.options ?? [];
    const lines = [
      '编号,调查日期,科室,医生态度,意见',
      `1,2025/3/5,内科,${best.text},很好`,
      `,2025/3/6,内科,${best.code},`,
      `,2025/3/6,内科,${best.code},`,
      '4,2025/3/7,内科,说不清,',
      '5,2025/3/7,老内科,,',
      '6,2026/10/30,内科,,',
      `7,2026/10/30,内科,${best.code},`,
    ];
    const text = lines.join('\n');

    expect((await send(text, true)).counts).toMatchObject({ created: 3 });
    expect(await service.stored('surveyResponses')).toEqual([]);
    const first = await send(text);
    expect(first.rows.map(({ result, errors }) => errors?.[0]?.code ?? result)).toEqual([
      'created',
      'created',
      'created',
      'unknown_option',
      'department_not_mapped',
      'no_answers',
      'month_counted',
    ]);
    expect((await send(text)).counts).toMatchObject({ created: 0, unchanged: 3 });
    const part = [lines[0], lines[3], lines[1]].join('\n');
    expect((await send(part)).counts).toMatchObject({ created: 0, unchanged: 2 });
    const stored = (await service.stored('surveyResponses')) as readonly Stored[];
    expect(stored).toHaveLength(3);
    expect(stored[0]).toMatchObject({
      period: '2025-03',
      importedFrom: 'outpatient-sheet',
      verification: 'none',
      mode: 'paper',
      trial: false,
      departmentCode: 'internal-medicine',
    });
    expect(stored[0]?.answers).toEqual([{ item: 'doctor-attitude', option: best.code }]);
  });

  test('are the office’s: who only runs the service is offered discharges, and refused with answers', async () => {
    const made = await admin.post('/api/v1/accounts', {
      username: 'wu',
      displayName: '吴工',
      roles: [{ role: 'admin', departments: 'all' }],
    });
    const engineer = httpClient(service.baseUrl);
    await engineer.logIn('wu', (made.json() as { oneTimePassword: string }).oneTimePassword);
    const path = '/api/v1/survey-responses/imports?system=outpatient-sheet';
    const file = Uint8Array.from(Buffer.from('日期,科室\n2025-03-01,内科', 'utf8'));

    const refused = await engineer.upload(path, file, 'text/csv');
    const [theirs, ours] = [await engineer.get('/office/imports'), await admin.get('/office/imports')];

    expect(refused.status).toBe(403);
    expect(theirs.text).toContain('/api/v1/discharges/imports');
    expect(theirs.text).not.toContain('/api/v1/survey-responses/imports');
    expect(ours.text).toContain('/api/v1/survey-responses/imports');
  });

  test('a file without a question of the form, and a system nobody knows, are refused', async () => {
    expect(await send('日期,科室,颜色\n2025-03-01,内科,红')).toMatchObject({
      code: 'import_columns_missing',
    });
    const answer = await admin.upload(
      '/api/v1/survey-responses/imports?system=unknown',
      Uint8Array.of(65),
      'text/csv',
    );
    expect(answer.json()).toMatchObject({ status: 404, code: 'import_system_unknown' });
  });
});

test.each([
  ['2026-11', false, false, false],
  ['2026-10', true, false, true],
  ['2026-10', true, true, false],
  ['2026-10', false, false, false],
  ['2026-07', false, false, false],
  ['2026-06', false, false, true],
])(
  'a month takes older answers only when it will not close by itself: %s',
  (period, trial, closed, takes) => {
    expect(takesOlderAnswers(period, { current: '2026-11', trial, closed, catchUpMonths: 3 })).toBe(takes);
  },
);
