import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ImportReport } from '../../src/imports/import-report.ts';
import { readAnswerMappings } from '../../src/imports/answer-mapping.schema.ts';
import { readJsonFile } from '../../src/imports/json-file.node.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { takesOlderAnswers } from '../../src/imports/older-months.ts';
import { openDatabase } from '../../src/database/connect.ts';
import { createPersonsInAnswers } from '../../src/survey-responses/persons-in-answers.store.ts';
import { defineSurveyResponses } from '../../src/survey-responses/survey-response.store.ts';
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

const send = async (
  text: string,
  dryRun = false,
  lang = 'zh-Hans',
  system = 'outpatient-sheet',
): Promise<ImportReport> => {
  const path = `/api/v1/survey-responses/imports?system=${system}&dryRun=${dryRun}&lang=${lang}`;
  const answer = await admin.upload(path, Uint8Array.from(Buffer.from(text, 'utf8')), 'text/csv');
  return answer.json() as ImportReport;
};

/** A file whose first column has this name. */
const sheet = (first: string, rows: readonly string[]): string =>
  [`${first},日期,科室,医生态度,意见`, ...rows].join('\n');

/** So many equal answers of one day, numbered from 1. */
const day = (month: number, count: number) =>
  Array.from({ length: count }, (_, index) => `${index + 1},2024/${month}/15,内科,满意,`);

/** Blots a word out of all answers, as erasing a person does. */
const erase = async (word: string): Promise<void> => {
  const uri = process.env['TEST_MONGODB_URI'] ?? '';
  const database = openDatabase({ uri, dbName: service.dbName });
  await database.connected();
  await createPersonsInAnswers(defineSurveyResponses(database.connection)).blotOut([word], '2024-01-01');
  await database.close();
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

  test('a number that is used again for another answer is refused, in three languages, and what is stored stays', async () => {
    const january = sheet('编号', ['J1,2025/1/10,内科,满意,', 'J2,2025/1/11,内科,一般,']);
    const february = sheet('编号', ['J1,2025/2/10,内科,不满意,', 'J2,2025/1/11,内科,一般,']);
    expect((await send(january)).counts).toMatchObject({ created: 2 });
    const before = await service.stored('surveyResponses');

    for (const dryRun of [true, false]) {
      const { rows, counts } = await send(february, dryRun);
      expect(counts).toMatchObject({ created: 0, unchanged: 1, rejected: 1 });
      expect(rows[0]?.errors?.[0]).toMatchObject({ column: '答卷编号', code: 'id_reused' });
    }
    const others = [await send(february, true, 'zh-Hant'), await send(february, true, 'en')];
    expect(others.map(({ rows }) => rows[0]?.errors?.[0]?.column)).toEqual([
      '答卷編號',
      'Number of the answer',
    ]);
    const moved = sheet('编号', ['J2,2025/1/11,外科,一般,', 'J1,2025/1/10,内科,满意,再说一句']);
    expect((await send(moved)).counts).toMatchObject({ created: 0, unchanged: 0, rejected: 2 });
    expect(await service.stored('surveyResponses')).toEqual(before);
  });

  test('of two rows with one number the second is refused, whatever becomes of the first', async () => {
    const two = sheet('编号', [
      'K1,2025/1/10,内科,满意,',
      'K1,2025/1/10,外科,满意,',
      'K2,2025/1/10,内科,满意,',
    ]);
    const waiting = sheet('编号', ['K3,2025/1/10,东院科,满意,', 'K3,2025/1/10,外科,满意,']);
    const before = (await service.stored('surveyResponses')).length;

    expect((await send(two)).rows.map(({ result, errors }) => errors?.[0]?.code ?? result)).toEqual([
      'created',
      'repeated',
      'created',
    ]);
    expect((await send(waiting)).rows.map(({ result }) => result)).toEqual(['waiting', 'rejected']);
    expect(await service.stored('surveyResponses')).toHaveLength(before + 2);
  });

  test('the serial number of a sheet is no identity: every row of the next sheet is stored, equal ones too, and once only', async () => {
    const january = sheet('序号', day(1, 4));
    const february = sheet('序号', [...day(2, 3), ...day(2, 3).map((one) => one.replace('内科', '外科'))]);

    const first = await send(january);
    expect(first.counts).toMatchObject({ created: 4 });
    expect(first.notes).toEqual(['这些列没有用到：序号。']);
    expect((await send(february)).counts).toMatchObject({ created: 6, unchanged: 0 });
    expect((await send(february)).counts).toMatchObject({ created: 0, unchanged: 6 });
    expect(await service.stored('surveyResponses', { period: '2024-02' })).toHaveLength(6);
  });

  test('a row that was not understood takes no other row’s place once it is', async () => {
    const text = '日期,科室,医生态度,护士态度\n2024/5/5,内科,很棒,满意\n2024/5/5,内科,,满意';
    expect((await send(text)).rows.map(({ result }) => result)).toEqual(['rejected', 'created']);
    const understood = text.replace('很棒', '非常满意');

    expect((await send(understood)).counts).toMatchObject({ created: 1, unchanged: 1 });
  });

  test('an answer whose words were erased is still the same answer, and no other', async () => {
    const text = sheet('编号', ['E1,2024/6/5,内科,满意,张三很好']);
    await send(text);
    await erase('张三');

    expect((await send(text)).counts).toMatchObject({ unchanged: 1 });
    expect((await send(text.replace('满意', '一般'))).counts).toMatchObject({ rejected: 1 });
  });

  test('every sheet the service ships a mapping for is taken with the words of satisfaction such sheets are filled in with', async () => {
    const mappings = readAnswerMappings(readJsonFile(`${projectRoot()}/config/imports/older-answers.json`));
    const words = ['非常满意', '满意', '一般', '不满意', '非常不满意'];
    for (const { system, items } of mappings) {
      const columns = Object.values(items).map(([name = '']) => name);
      const rows = words.map((word) => ['2023/3/5', '内科', ...columns.map(() => word)].join(','));
      const text = [['日期', '科室', ...columns].join(','), ...rows].join('\n');
      const { counts } = await send(text, true, 'zh-Hans', system);
      expect([system, counts]).toMatchObject([system, { created: words.length, rejected: 0 }]);
    }
    expect(mappings.length).toBeGreaterThan(0);
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
