import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createDepartmentAliasStore } from '../../src/imports/department-alias.store.ts';
import type { ImportReport } from '../../src/imports/import-report.ts';
import { openDatabase } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/connect.ts';
import { httpClient } from '../support/http-client.ts';
import type { HttpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';

/* What stands under 科室 may be a patient's name: little of it is kept, it can be taken away, and it ends by itself. */

const clock = movingClock('2026-11-02T02:00:00Z');
let service: TestService;
let admin: HttpClient;
let database: Database;

beforeAll(async () => {
  service = await startTestService({ clock, smtpUrl: 'smtp://127.0.0.1:9' });
  admin = httpClient(service.baseUrl);
  await admin.logIn('admin', adminPassword);
  const uri = process.env['TEST_MONGODB_URI'] ?? '';
  database = openDatabase({ uri, dbName: service.dbName });
  await database.connected();
});
beforeEach(async () => {
  await database.connection.collection('departmentAliases').deleteMany({});
});
afterAll(async () => {
  await database.close();
  await service.stop();
});

const header = '住院流水号,出院科室,出院日期,姓名,联系电话';
const row = (department: string, index = 0): string => `N${index},${department},2026-10-30,某人,13812341234`;

async function importing(names: readonly string[]): Promise<ImportReport> {
  const bytes = Uint8Array.from(Buffer.from([header, ...names.map(row)].join('\n')));
  const path = '/api/v1/discharges/imports?dryRun=false&lang=zh-Hans';
  return (await admin.upload(path, bytes, 'text/csv')).json() as ImportReport;
}

const numbered = (n: number): readonly string[] => Array.from({ length: n }, (_, index) => `张三${index}`);
const page = async (): Promise<string> => (await admin.get('/office/imports/mapping?lang=zh-Hans')).text;

async function post(path: string, fields: Record<string, string> = {}): Promise<number> {
  const { csrfToken } = (await admin.get('/api/v1/sessions/current')).json() as { csrfToken: string };
  return (await admin.submit(path, { _csrf: csrfToken, ...fields })).status;
}

async function removalOf(name: string): Promise<string> {
  const [stored] = (await service.stored('departmentAliases', { name })) as { id: string }[];
  return `/office/imports/mapping/${stored?.id ?? 'none'}/remove`;
}

describe('names under 科室 that nobody knows', () => {
  test('wait to be mapped up to 50 of them in a file', async () => {
    const { notes } = await importing(numbered(50));

    expect(notes.join('')).toContain('张三49');
    expect(await service.stored('departmentAliases')).toHaveLength(50);
  });

  test('are not kept, shown or repeated when they are more: it is the wrong column, and the sender is told', async () => {
    const { notes, counts } = await importing(numbered(51));

    expect(counts).toMatchObject({ waiting: 51, created: 0 });
    expect(notes).toEqual([
      '“科室”一列有 51 个认不出的名称，多得不像科室：可能是列放错了，请检查列名。这些名称没有保存。',
    ]);
    expect(await service.stored('departmentAliases')).toEqual([]);
    expect(await page()).not.toContain('张三');
  });

  test('are removed on the page of the mapping, and the trail has their id alone', async () => {
    await importing(['李四']);
    const path = await removalOf('李四');
    expect(await page()).toContain(`action="${path}"`);

    expect(await post(path)).toBe(303);
    expect(await post(path)).toBe(404);

    expect(await service.stored('departmentAliases')).toEqual([]);
    const told = await service.stored('auditEvents', { action: 'department-alias.remove' });
    expect(told).toMatchObject([{ subject: `department-alias/${path.split('/')[4] ?? ''}` }]);
    expect(JSON.stringify(await service.stored('auditEvents'))).not.toContain('李四');
  });

  test('cannot be removed once they are mapped', async () => {
    await importing(['内三科']);
    await post('/office/imports/mapping', { name: '内三科', departmentCode: 'internal-medicine' });
    const path = await removalOf('内三科');

    expect(await page()).not.toContain(path);
    expect(await post(path)).toBe(404);
    expect(await service.stored('departmentAliases')).toHaveLength(1);
  });

  test('end 30 days after they came, those that are mapped never', async () => {
    await importing(['王五', '内四科']);
    await post('/office/imports/mapping', { name: '内四科', departmentCode: 'internal-medicine' });
    const aliases = createDepartmentAliasStore(database.connection);
    const { retention } = service.composition.persons;
    const forecast = async () =>
      (await retention.forecast()).kinds.find((one) => one.kind === 'unmapped-names');

    expect(await forecast()).toMatchObject({ days: 30, oldest: '2026-11-02', tonight: 0, within30: 1 });
    await retention.end(new Date('2026-12-01T19:30:00Z'));
    expect(await aliases.list()).toHaveLength(2);
    await retention.end(new Date('2026-12-02T19:30:00Z'));
    expect(await aliases.list()).toMatchObject([{ name: '内四科', departmentCode: 'internal-medicine' }]);
  });
});
