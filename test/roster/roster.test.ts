import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import writeXlsxFile from 'write-excel-file/node';
import type { RosterReport } from '../../src/roster/roster-report.ts';
import { createReadWorkbookSheets } from '../../src/roster/roster-workbook.child-process.ts';
import { createReaderProcess } from '../../src/shared/reader-process.child-process.ts';
import { testCsrfToken } from '../support/test-app.ts';
import { openRosterWorld, workbook, xlsx } from './roster-world.ts';
import type { Lines, RosterWorld } from './roster-world.ts';

const readWorkbookSheets = createReadWorkbookSheets(createReaderProcess());

let world: RosterWorld;
let departments: RosterWorld['departments'];
let staff: RosterWorld['staff'];
beforeEach(async () => {
  world = await openRosterWorld();
  ({ departments, staff } = world);
});
afterEach(() => world.drop());

const importing = (file: Buffer, dryRun = false) => world.importing(file, dryRun);
const template = async (): Promise<Buffer> => {
  const response = await request(world.app())
    .get('/api/v1/departments/template.xlsx')
    .buffer(true)
    .parse((incoming, done) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('end', () => done(null, Buffer.concat(parts)));
    })
    .expect(200);
  return response.body as Buffer;
};

const faults = ({ rows }: RosterReport) =>
  rows.flatMap(({ sheet, row, errors = [] }) => errors.map(({ column }) => `${sheet} ${row} ${column}`));

const codesOf = async (code: string) =>
  (await departments.findDepartment(code))?.nursingUnits.map((unit) => unit.code);
const post = () =>
  request(world.app()).post('/api/v1/departments/imports').set('x-csrf-token', testCsrfToken);

describe('the template', () => {
  test('holds what is stored, explains every column and shows an example where nothing is stored; importing it changes nothing', async () => {
    const file = await template();
    const sheets = await readWorkbookSheets(file);
    const report = await importing(file);

    expect(sheets?.map(({ name }) => name)).toEqual(['说明', '科室', '病区', '收件人', '职工']);
    const linesOf = (name: string) => sheets?.find((one) => one.name === name)?.lines ?? [];
    expect(linesOf('科室').some(([code, name]) => code === 'billing' && name === '收费处')).toBe(true);
    expect(linesOf('职工')[1]?.[0]).toMatch(/^示例/);
    expect(linesOf('说明').length).toBeGreaterThan(25);
    expect(report.counts).toMatchObject({ created: 0, updated: 0, rejected: 0 });
    expect(report.counts.unchanged).toBeGreaterThan(20);
    expect(await staff.storedStaff()).toEqual([]);
  });
});

const good: Lines = {
  departments: [['eye', '眼科', '', 'Eye Clinic', '临床', '东院区', '2026/11/1', '', '']],
  nursingUnits: [['eye', 'Y1', '眼科病区', '', '', '在用']],
  recipients: [['eye', '何某', '科主任', 'HE@hospital.example', '']],
  staff: [
    ['0071', '张敏', '护士', 'eye', 'Y1', '2020-01-01', ''],
    ['=1+1', '坏人', '护士', 'eye', '', '', ''],
    ['0072', '=HYPERLINK("http://x")', '医师', 'surgery', '', '', ''],
  ],
};

describe('importing a workbook', () => {
  test('adds departments, wards, recipients and staff, refuses single rows with column and words, and again changes nothing', async () => {
    const file = await workbook(good);
    const dry = await importing(file, true);
    expect(await departments.findDepartment('eye')).toBeNull();
    const report = await importing(file);
    const again = await importing(file);

    expect(report).toEqual({ ...dry, dryRun: false });
    expect(report.counts).toEqual({ created: 5, updated: 0, unchanged: 0, rejected: 1 });
    expect(again.counts).toEqual({ created: 0, updated: 0, unchanged: 5, rejected: 1 });
    expect(faults(report)).toEqual(['职工 3 工号']);
    expect(await departments.findDepartment('eye')).toMatchObject({
      campus: { 'zh-Hans': '东院区' },
      from: '2026-11-01',
      nursingUnits: [{ code: 'Y1' }],
      recipients: [{ email: 'he@hospital.example', language: 'zh-Hans' }],
    });
    expect((await staff.listColleagues('eye')).map(({ name }) => name)).toEqual(['张敏']);
    const exported = await readWorkbookSheets(await template());
    expect(JSON.stringify(exported)).toContain('=HYPERLINK');
    expect(JSON.stringify(exported)).toContain('"0071"');
  });

  test('names every wrong cell of every sheet and saves the rest', async () => {
    const report = await importing(
      await workbook({
        departments: [
          ['Eye', '眼科', '', '', '临床', '', '', '', ''],
          ['ent', '耳鼻喉科', '', '', '门诊', '', '2026-12-01', '2026-11-01', '也许'],
          ['skin', '皮肤科', '', '', '临床', '', '2026-02-30', '', ''],
          ['dental', '口腔科', '', '', '临床', '', '', '', ''],
          ['dental', '口腔科二', '', '', '临床', '', '', '', ''],
        ],
        nursingUnits: [
          ['nowhere', 'N1', '病区', '', '', ''],
          ['dental', '口腔', '病区', '', '', ''],
        ],
        recipients: [['dental', '何某', '主任', 'a, b@c', '']],
        staff: [
          ['S1', '张敏', '护工', 'dental', '', '', ''],
          ['S2', '张敏', '护士', 'skin', '', '', ''],
          ['S3', '张敏', '护士', 'dental', 'N9', '', ''],
          ['S4', '', '护士', 'dental', '', '', ''],
          ['S5', '李四', '护士', 'dental', '', '', ''],
        ],
      }),
    );

    expect(new Set(faults(report))).toEqual(
      new Set([
        '科室 2 科室代码',
        '科室 3 类别',
        '科室 3 状态',
        '科室 4 启用日期',
        '科室 6 ',
        '病区 2 科室代码',
        '病区 3 病区代码',
        '收件人 2 身份',
        '收件人 2 邮箱',
        '职工 2 岗位',
        '职工 3 科室代码',
        '职工 4 病区代码',
        '职工 5 姓名',
      ]),
    );
    const texts = report.rows.flatMap(({ errors = [] }) => errors.map(({ detail }) => detail));
    expect(texts.every((text) => /\p{Script=Han}.*。$/u.test(text))).toBe(true);
    expect(report.counts).toMatchObject({ created: 2 });
    expect((await departments.findDepartment('dental'))?.name['zh-Hans']).toBe('口腔科');
  });

  test('moves a ward to another department and updates one that is known', async () => {
    const report = await importing(
      await workbook({
        nursingUnits: [['surgery', 'nk1', '内科一病区', '內科一病區', 'Medical Ward 1', '停用']],
      }),
    );

    expect(report.counts).toMatchObject({ created: 1, rejected: 0 });
    expect(await codesOf('internal-medicine')).toEqual(['nk2']);
    expect(await codesOf('surgery')).toEqual(['wk1', 'nk1']);
  });

  test.each([
    ['text', Buffer.from('科室代码,科室名称'), 'not_a_workbook'],
    ['a broken zip', Buffer.from([0x50, 0x4b, 3, 4, 1, 2, 3]), 'not_a_workbook'],
  ])('refuses %s as a whole', async (_kind, file, code) => {
    const response = await world.send(file).expect(422);

    expect(response.body).toMatchObject({ code: 'roster_invalid', errors: [{ code }] });
  });

  test('refuses a sheet without a column it needs, a file without rows, other content and an unsaid wish', async () => {
    const lacking = await writeXlsxFile([['工号', '姓名']], { sheet: '职工' } as never).toBuffer();
    const empty = await workbook({ staff: [] });
    const [one, two] = [await world.send(lacking), await world.send(empty)];

    expect([one.status, two.status]).toEqual([422, 422]);
    expect(one.text).toContain('岗位');
    expect(two.body).toMatchObject({ errors: [{ code: 'no_rows' }] });
    await post().query({ dryRun: true }).type('text/csv').send('a').expect(415);
    await post().set('Content-Type', xlsx).send(empty).expect(400);
  });
});
