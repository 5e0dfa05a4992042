import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { guardFor } from '../../src/accounts/guard.ts';
import { testAudit } from '../support/test-audit.ts';
import type { AuditSlice } from '../../src/audit/audit.wiring.ts';
import type { DepartmentDraft } from '../../src/departments/department.ts';
import { wireDepartments } from '../../src/departments/departments.wiring.ts';
import type { DepartmentsSlice } from '../../src/departments/departments.wiring.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { locales } from '../../src/shared/localized-text.ts';
import type { Principal } from '../../src/shared/principal.ts';
import { createTestApp, testCsrfToken, testTranslate } from '../support/test-app.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const admin: Principal = {
  accountId: 'a1',
  username: 'admin',
  displayName: 'Admin',
  roles: [{ role: 'admin', departments: 'all' }],
  mustChangePassword: false,
};
const department = (code: string, changes: Partial<DepartmentDraft> = {}): DepartmentDraft => ({
  code,
  name: { 'zh-Hans': code },
  kind: 'clinical',
  active: true,
  recipients: [],
  ...changes,
});
const by = { actor: 'system' };

let database: TestDatabase;
let audit: AuditSlice;
let slice: DepartmentsSlice;
let moment: Date;
beforeEach(async () => {
  database = await openTestDatabase();
  moment = new Date('2026-11-10T00:00:00Z');
  const clock = { now: () => moment };
  audit = testAudit(database.connection, clock);
  slice = wireDepartments({
    connection: database.connection,
    clock,
    hospitalTime: createHospitalTime('Asia/Shanghai'),
    guard: guardFor,
    recordAuditEvent: audit.recordAuditEvent,
    translate: testTranslate,
    languages: locales,
    shell: () => ({}),
    renderPage: () => '',
    seedFile: null,
  });
  for (const code of ['geriatrics', 'medicine', 'surgery']) await slice.saveDepartment(department(code), by);
});
afterEach(async () => {
  await database.drop();
});

const list = (...departments: DepartmentDraft[]) => ({ departments });
const ask = (method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object) => {
  const agent = request(createTestApp({ routes: slice.routes, principal: admin, renderPage: () => '' }));
  const asked = agent[method](`/api/v1/departments/${path}`);
  return asked.set('x-csrf-token', testCsrfToken).set('Accept-Language', 'zh-CN').send(body);
};
const merge = (code: string, into: string, from: string) => ask('post', `${code}/merge`, { into, from });
const monthOf = async (period: string) =>
  (await slice.listDepartmentsOfMonth(period)).map(({ code }) => code);
const nameOn = async (day: string) => (await slice.findDepartment('surgery', day))?.name['zh-Hans'];
const faultsOf = ({ body }: { body: unknown }) =>
  (body as { errors: readonly { pointer: string; code: string }[] }).errors.map(({ pointer, code }) => [
    pointer,
    code,
  ]);

describe('merging a department into another', () => {
  test('closes it on that day, and from then on the other answers for it; doing it again changes nothing', async () => {
    const done = await merge('geriatrics', 'medicine', '2026-12-01').expect(200);
    await merge('geriatrics', 'medicine', '2026-12-01').expect(200);

    expect(done.body).toMatchObject({
      open: true,
      until: '2026-12-01',
      merged: { into: 'medicine', from: '2026-12-01' },
    });
    expect((await slice.findDepartmentInCharge('geriatrics'))?.code).toBe('geriatrics');
    moment = new Date('2026-11-30T16:00:00Z');
    expect((await slice.findDepartmentInCharge('geriatrics'))?.code).toBe('medicine');
    expect((await slice.findDepartmentInCharge('geriatrics', '2026-11-30'))?.code).toBe('geriatrics');
    expect((await slice.findDepartment('geriatrics'))?.active).toBe(false);
    expect((await slice.listDepartments()).map(({ code }) => code)).toEqual(['medicine', 'surgery']);
    expect(await slice.codesInChargeOf('medicine')).toEqual(['medicine', 'geriatrics']);
    const medicine = await ask('get', 'medicine').expect(200);
    expect(medicine.body).toMatchObject({ mergedHere: [{ code: 'geriatrics', from: '2026-12-01' }] });
    const events = await audit.store.ofSubject('department/geriatrics', 20);
    expect(events.filter(({ action }) => action === 'department.merge')).toHaveLength(2);
  });

  test('keeps its scorecards of the months in which it was open', async () => {
    await merge('geriatrics', 'medicine', '2026-11-15').expect(200);
    moment = new Date('2026-12-14T00:00:00Z');

    expect(await monthOf('2026-11')).toContain('geriatrics');
    expect(await monthOf('2026-12')).not.toContain('geriatrics');
  });

  test('can be undone, and another department chosen', async () => {
    await merge('geriatrics', 'medicine', '2026-11-10').expect(200);
    expect(faultsOf(await merge('geriatrics', 'surgery', '2026-11-10'))).toEqual([
      ['/into', 'merged_already'],
    ]);
    const undone = await ask('delete', 'geriatrics/merge').expect(200);
    await ask('delete', 'geriatrics/merge').expect(200);

    expect(undone.body).toMatchObject({ open: true, until: null, merged: null });
    expect((await slice.findDepartmentInCharge('geriatrics'))?.code).toBe('geriatrics');
    await merge('geriatrics', 'surgery', '2026-11-10').expect(200);
  });

  test.each([
    ['nowhere', '2026-12-01', '/into', 'target_unknown'],
    ['geriatrics', '2026-12-01', '/into', 'target_itself'],
    ['closed', '2026-12-01', '/into', 'target_closed'],
    ['merged', '2026-12-01', '/into', 'merger_circle'],
    ['medicine', '2026-11-09', '/from', 'day_past'],
  ])('into %s from %s is refused at %s with words', async (into, from, pointer, code) => {
    await slice.saveDepartment(department('closed', { until: '2026-12-01' }), by);
    await slice.saveDepartment(department('merged'), by);
    await slice.mergeDepartment('merged', { into: 'geriatrics', from: '2026-12-01' }, by);

    const response = await merge('geriatrics', into, from);

    expect(response.status).toBe(422);
    expect(faultsOf(response)).toContainEqual([pointer, code]);
    expect(response.text).toMatch(/[\u4e00-\u9fff]。/);
  });

  test('an edit cannot open it again behind the merger’s back', async () => {
    await merge('geriatrics', 'medicine', '2026-11-10').expect(200);
    const { code: _code, ...body } = department('geriatrics', { until: null });

    expect(faultsOf(await ask('put', 'geriatrics', body))).toEqual([['/until', 'until_of_merger']]);
    const { until: _until, ...rest } = body;
    await ask('put', 'geriatrics', { ...rest, kind: 'window' }).expect(200);
  });
});

describe('renaming a department', () => {
  test('keeps every earlier name for its days, also when the day lies behind or ahead', async () => {
    await ask('post', 'surgery/rename', { name: { 'zh-Hans': '普外科' }, from: '2026-12-01' }).expect(200);
    await ask('post', 'surgery/rename', { name: { 'zh-Hans': '外科' }, from: '2026-11-01' }).expect(200);
    const again = await ask('post', 'surgery/rename', {
      name: { 'zh-Hans': '外科' },
      from: '2026-11-01',
    }).expect(200);

    expect((again.body as { names: unknown }).names).toEqual([
      { name: { 'zh-Hans': '外科' }, from: '2026-11-01' },
      { name: { 'zh-Hans': 'surgery' }, from: '2026-11-10' },
      { name: { 'zh-Hans': '普外科' }, from: '2026-12-01' },
    ]);
    expect([await nameOn('2026-11-05'), await nameOn('2026-11-30'), await nameOn('2026-12-01')]).toEqual([
      '外科',
      'surgery',
      '普外科',
    ]);
    await ask('post', 'nowhere/rename', { name: { 'zh-Hans': '外科' }, from: '2026-11-01' }).expect(404);
  });
});

describe('nursing units', () => {
  test('belong to one department: a code another open one has is refused at its place', async () => {
    const unit = { code: 'N1', name: { 'zh-Hans': '一病区' }, active: true };
    await slice.saveDepartment(department('surgery', { nursingUnits: [unit] }), by);
    const { code: _code, ...body } = department('medicine', {
      nursingUnits: [{ ...unit, code: 'N0' }, unit],
    });

    expect(faultsOf(await ask('put', 'medicine', body))).toEqual([
      ['/nursingUnits/1/code', 'nursing_unit_taken'],
    ]);
    await slice.saveDepartment(department('surgery', { until: '2026-11-10' }), by);
    await ask('put', 'medicine', body).expect(200);
  });

  test('and campus and days stay when a change does not speak of them', async () => {
    const details = {
      campus: { 'zh-Hans': '东院区' },
      nursingUnits: [{ code: 'N1', name: { 'zh-Hans': '一病区' }, active: true }],
      from: '2020-01-01',
      until: null,
    };
    await slice.saveDepartment(department('surgery', details), by);

    expect(await slice.saveDepartment(department('surgery'), by)).toBe('unchanged');
    expect(await slice.saveDepartment(department('surgery', { kind: 'window' }), by)).toBe('changed');
    expect(await slice.findDepartment('surgery')).toMatchObject(details);
    expect(await slice.saveDepartment(department('surgery', { kind: 'window', campus: null }), by)).toBe(
      'changed',
    );
  });

  test('move between departments within one list, which else would refuse them', async () => {
    const unit = { code: 'N1', name: { 'zh-Hans': '一病区' }, active: true };
    await slice.saveDepartment(department('surgery', { nursingUnits: [unit] }), by);
    const moved = list(
      department('medicine', { nursingUnits: [unit] }),
      department('surgery', { nursingUnits: [] }),
    );

    await expect(
      slice.importDepartments(list(department('medicine', { nursingUnits: [unit] })), {
        ...by,
        dryRun: true,
      }),
    ).rejects.toMatchObject({
      code: 'departments_invalid',
      errors: [{ pointer: '/departments/0/nursingUnits/0/code' }],
    });
    await slice.importDepartments(moved, { ...by, dryRun: false });

    expect((await slice.findDepartment('medicine'))?.nursingUnits).toEqual([unit]);
  });
});
