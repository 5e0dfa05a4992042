import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import writeExcelFile from 'write-excel-file/node';
import { httpClient } from '../support/http-client.ts';
import type { HttpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';
import type { ImportReport, ImportRow } from '../../src/imports/import-report.ts';
import { toGb18030 } from './gb18030.ts';

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

const header = '住院流水号,住院号,住院次数,出院科室,病区,出院日期,离院方式,管床医生,姓名,联系电话,医保';
const columnOf = ({ errors, warnings }: ImportRow): string | undefined => (errors ?? warnings)?.[0]?.column;
const line = (fields: Partial<Record<'no' | 'dept' | 'day' | 'way' | 'name' | 'phone', string>>) =>
  [
    fields.no ?? '',
    '',
    '',
    fields.dept ?? '内科',
    '内一病区',
    fields.day ?? '2026/10/5',
    fields.way ?? '医嘱离院',
    '李医生',
    fields.name ?? '欧阳娜娜',
    fields.phone ?? '13812341234',
    '职工',
  ].join(',');

const file = (...lines: readonly string[]): string => [header, ...lines].join('\r\n');
const utf8 = (text: string) => Uint8Array.from(Buffer.from(text, 'utf8'));
const send = async (bytes: Uint8Array<ArrayBuffer>, dryRun = false, type = 'text/csv') => {
  const answer = await admin.upload(`/api/v1/discharges/imports?dryRun=${dryRun}&lang=zh-Hans`, bytes, type);
  return { status: answer.status, text: answer.text, report: answer.json() as ImportReport };
};

describe('importing discharges', () => {
  test('a dry run tells what would happen and stores nothing; the import stores; again it changes nothing', async () => {
    const bytes = utf8(file(line({ no: 'A1' }), line({ no: 'A2', day: '2026年10月6日' })));

    const dry = await send(bytes, true);
    expect(dry.report).toMatchObject({ dryRun: true, counts: { created: 2, rejected: 0 } });
    for (const name of ['discharges', 'followUpCalls', 'departmentAliases', 'importRuns']) {
      expect([name, await service.stored(name)]).toEqual([name, []]);
    }
    expect((await send(bytes)).report.counts).toMatchObject({ created: 2 });
    expect((await send(bytes)).report.counts).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect(await service.stored('discharges')).toHaveLength(2);
    expect(await service.stored('importRuns')).toHaveLength(2);
    const audit = JSON.stringify(await service.stored('auditEvents', { action: 'discharge.import' }));
    expect(audit).toContain('created=2,updated=0,unchanged=0,waiting=0,rejected=0');
  });

  test('the same rows come in GB18030, with a mark, with semicolons and as XLSX, and are the same', async () => {
    const text = file(line({ no: 'B1' }), line({ no: 'B2', way: '5' }));
    const rows = text.split('\r\n').map((one) => one.split(','));
    const cells = rows.map((row) => row.map((value) => ({ value, type: String })));
    const xlsx = await writeExcelFile(cells).toBuffer();

    expect((await send(toGb18030(text))).report.counts).toMatchObject({ created: 2 });
    for (const bytes of [utf8(`\uFEFF${text}`), utf8(text.replaceAll(',', ';')), Uint8Array.from(xlsx)]) {
      expect((await send(bytes)).report.counts).toMatchObject({ unchanged: 2, created: 0, rejected: 0 });
    }
  });

  test('each row has its answer by its number in the spreadsheet, naming columns and repeating no value', async () => {
    const { report, text } = await send(
      utf8(
        file(
          line({ no: 'C1' }),
          line({ no: 'C2', phone: '12345' }),
          line({ no: 'C3', day: '2026/2/31' }),
          line({ no: '' }),
          line({ no: 'C1' }),
          line({ no: '1.2E+11' }),
        ),
      ),
    );

    expect(report.rows.map((row) => [row.row, row.result, columnOf(row)])).toEqual([
      [2, 'created', undefined],
      [3, 'created', '联系电话'],
      [4, 'rejected', '出院日期'],
      [5, 'rejected', '住院流水号'],
      [6, 'rejected', '住院流水号'],
      [7, 'rejected', '住院流水号'],
    ]);
    expect(report.notes).toEqual(['这些列没有用到：医保。']);
    expect(text).not.toMatch(/欧阳|1381234|C1|C2|12345|2026\/2/);
  });

  test('an unknown department waits; mapped, the same file imports it', async () => {
    const bytes = utf8(file(line({ no: 'D1', dept: '心内一科' }), line({ no: 'D2' })));

    const first = await send(bytes);
    expect(first.report.counts).toMatchObject({ created: 1, waiting: 1 });
    expect(first.report.rows[0]?.errors?.[0]?.detail).toContain('心内一科');
    expect((await admin.get('/api/v1/department-aliases')).json()).toEqual({
      items: [{ name: '心内一科', departmentCode: null }],
    });
    const mapping = { name: '心内一科', departmentCode: 'internal-medicine' };
    expect(
      (await admin.put('/api/v1/department-aliases', { ...mapping, departmentCode: 'nowhere' })).status,
    ).toBe(404);
    expect((await admin.put('/api/v1/department-aliases', mapping)).status).toBe(200);
    expect((await send(bytes)).report.counts).toMatchObject({ created: 1, unchanged: 1, waiting: 0 });
  });

  test('an export by 住院号 and visit_id keeps two patients of the same visit_id apart', async () => {
    const of = (...rows: readonly string[]) =>
      utf8(['INP_NO,VISIT_ID,出院科室,出院日期,姓名,联系电话', ...rows].join('\n'));
    const before = (await service.stored('discharges')).length;

    const rows = ['V100,1,内科,2026/10/5,张三,13812341234', 'V101,1,内科,2026/10/5,李四,13812341235'];
    expect((await send(of(...rows))).report.counts).toMatchObject({ created: 2, rejected: 0 });
    const next = of('V102,1,内科,2026/10/6,王五,13812341236', 'V100,2,内科,2026/10/20,张三,13812341234');
    expect((await send(next)).report.counts).toMatchObject({ created: 2, updated: 0, rejected: 0 });
    expect(await service.stored('discharges')).toHaveLength(before + 4);
    const alone = await send(
      utf8('VISIT_ID,出院科室,出院日期,姓名,联系电话\n1,内科,2026/10/5,张三,13812341234'),
    );
    expect(alone.report).toMatchObject({ code: 'import_columns_missing' });
  });

  test('a file that is none, or lacks columns, is refused with what to do, and nothing is stored', async () => {
    const missing = await send(utf8('姓名,联系电话\r\n张三,13812341234'));
    expect(missing).toMatchObject({ status: 422, report: { code: 'import_columns_missing' } });
    expect(missing.text).toMatch(/住院流水号、住院号、住院次数/);
    expect(missing.text).not.toContain('张三');
    for (const [bytes, code] of [
      [utf8('a'), 'import_empty'],
      [Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2, 3), 'import_not_readable'],
      [Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1), 'import_old_excel'],
    ] as const) {
      expect(await send(bytes)).toMatchObject({ status: 422, report: { code } });
    }
  });

  test('the template is itself a file that can be imported, once its department is one of ours', async () => {
    const { text } = await admin.get('/api/v1/discharges/imports/template.csv');

    const { report } = await send(utf8(text.replace('心血管内科', '内科')), true);
    expect(report.counts).toMatchObject({ created: 1, rejected: 0, waiting: 0 });
    expect(report.notes).toEqual([]);
  });
});

test('the pages show what was imported and map a name', async () => {
  const page = await admin.get('/office/imports?lang=zh-Hans');
  expect(page.text).toContain('最近的导入');
  expect(page.text).toContain('新增 2');
  const { csrfToken } = (await admin.get('/api/v1/sessions/current')).json() as { csrfToken: string };
  const answer = await admin.submit('/office/imports/mapping', {
    _csrf: csrfToken,
    name: '骨二科',
    departmentCode: 'internal-medicine',
  });
  expect(answer.status).toBe(303);
  expect((await admin.get('/office/imports/mapping?lang=zh-Hans')).text).toContain('骨二科');
});
