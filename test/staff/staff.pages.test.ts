import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { guardFor } from '../../src/accounts/guard.ts';
import { staffShell } from '../../src/accounts/staff-shell.view-model.ts';
import { testAudit } from '../support/test-audit.ts';
import type { AuditSlice } from '../../src/audit/audit.wiring.ts';
import { noDetails } from '../../src/departments/department.ts';
import type { Department } from '../../src/departments/department.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import type { Principal, Role } from '../../src/shared/principal.ts';
import { wireStaff } from '../../src/staff/staff.wiring.ts';
import type { StaffSlice } from '../../src/staff/staff.wiring.ts';
import { createTestApp, testCsrfToken, testTemplates, testTranslate } from '../support/test-app.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const department = (code: string, name: string, active = true): Department => ({
  ...noDetails,
  code,
  name: { 'zh-Hans': name },
  kind: 'clinical',
  active,
  recipients: [],
  nursingUnits: [{ code: `${code}-1`, name: { 'zh-Hans': `${name}一病区` }, active: true }],
});
const departments = [
  department('surgery', '外科'),
  department('billing', '收费处'),
  department('old', '旧科', false),
];

const person = (role: Role): Principal => ({
  accountId: `${role}-1`,
  username: role,
  displayName: role,
  roles: [{ role, departments: 'all' }],
  mustChangePassword: false,
});

let database: TestDatabase;
let audit: AuditSlice;
let slice: StaffSlice;
beforeAll(async () => {
  database = await openTestDatabase();
  const clock = { now: () => new Date('2026-11-10T00:00:00Z') };
  audit = testAudit(database.connection, clock);
  const settings = { t: testTranslate, languages: ['zh-Hans', 'en'] as const, showMailbox: false };
  slice = wireStaff({
    connection: database.connection,
    clock,
    hospitalTime: createHospitalTime('Asia/Shanghai'),
    guard: guardFor,
    recordAuditEvent: audit.recordAuditEvent,
    translate: testTranslate,
    codesInChargeOf: (code) => Promise.resolve([code]),
    findDepartment: (code) => Promise.resolve(departments.find((one) => one.code === code) ?? null),
    listDepartments: () => Promise.resolve(departments),
    shell: (input, path) => staffShell(settings, { ...input, path }),
    renderPage: testTemplates().page,
  });
});
afterAll(async () => {
  await database.drop();
});

const app = (role: Role) => createTestApp({ routes: slice.pages, principal: person(role) });
const get = (address: string, role: Role = 'admin') =>
  request(app(role)).get(`/admin/staff${address}`).set('accept-language', 'zh-Hans');
const post = (address: string, fields: object, role: Role = 'admin') =>
  request(app(role))
    .post(`/admin/staff${address}`)
    .set('accept-language', 'zh-Hans')
    .type('form')
    .send({ ...fields, _csrf: testCsrfToken });
const filled = { name: '张敏', post: 'nurse', departmentCode: 'surgery', nursingUnitCode: 'surgery-1' };
const add = (staffNumber: string, fields: object = {}) => post('', { staffNumber, ...filled, ...fields });
const stored = async (staffNumber: string) =>
  (await slice.storedStaff()).find((member) => member.staffNumber === staffNumber);

const rows = (text: string) => text.match(/href="\/admin\/staff\/Q-/g)?.length ?? 0;

describe('the pages of the staff register', () => {
  test('add a member of staff and lead to a page that says so; the trail names fields and no values', async () => {
    const response = await add('P-001').expect(303);
    expect(response.headers['location']).toBe('/admin/staff/P-001?done=added');
    const page = await get('/P-001?done=added').expect(200);

    expect(page.text).toContain('职工已新增');
    expect(page.text).toContain('外科一病区');
    expect(await stored('P-001')).toEqual({ staffNumber: 'P-001', ...filled, from: null, until: null });
    const events = await database.connection.collection('auditEvents').find().toArray();
    expect(events.map(({ action, actor }) => `${action} by ${actor}`)).toContain(
      'staff-member.save by admin-1',
    );
    expect(JSON.stringify(events)).not.toContain('张敏');
  });

  test('say beside each field what is wrong, and keep all that was typed', async () => {
    const page = await add('工 号', {
      name: '<b>留下</b>',
      post: '',
      departmentCode: 'billing',
      from: '2026-02-30',
    }).expect(422);

    expect(page.text).toContain('value="工 号"');
    expect(page.text).toContain('value="&lt;b&gt;留下&lt;/b&gt;"');
    expect(page.text).toContain('value="2026-02-30"');
    expect(page.text).toMatch(/value="billing" selected/);
    expect(page.text).toMatch(/id="staffNumber-fault">写法有误/);
    expect(page.text).toMatch(/id="post-fault">必填/);
    expect(page.text).toContain('id="from-fault"');
    expect(page.text).toContain('<li>岗位：');
  });

  test('refuse a nursing unit of another department at its field', async () => {
    const page = await add('P-002', { departmentCode: 'billing' }).expect(422);

    expect(page.text).toMatch(/id="nursingUnitCode-fault">这个科室没有这个病区/);
    expect(await stored('P-002')).toBeUndefined();
  });

  test('never give a number to somebody else', async () => {
    await add('P-003').expect(303);
    const page = await add('P-003', { name: '别人' }).expect(422);

    expect(page.text).toMatch(/id="staffNumber-fault">这个工号已属于/);
    expect((await stored('P-003'))?.name).toBe('张敏');
  });

  test('change a member of staff, and keep what can no longer be chosen until another choice is made', async () => {
    await slice.saveStaffMember(
      {
        staffNumber: 'P-004',
        ...filled,
        departmentCode: 'old',
        nursingUnitCode: null,
        post: 'doctor',
        from: null,
        until: null,
      },
      { actor: 'system' },
    );
    const page = await get('/P-004').expect(200);
    expect(page.text).toMatch(/value="old" selected/);
    const fresh = await get('/new').expect(200);
    expect(fresh.text).not.toContain('旧科');

    await post('/P-004', { ...filled, staffNumber: 'P-999', until: '2026-12-31' }).expect(303);
    expect(await stored('P-004')).toMatchObject({ departmentCode: 'surgery', until: '2026-12-31' });
    expect(await stored('P-999')).toBeUndefined();
    await post('/nobody', filled).expect(404);
  });

  test('record that somebody left today: listed no more, but found among all', async () => {
    await add('P-005', { name: '赵离' }).expect(303);
    await post('/P-005/deactivate', {}).expect(303);

    expect((await stored('P-005'))?.until).toBe('2026-11-10');
    expect((await get('')).text).not.toContain('赵离');
    expect((await get('?all=true')).text).toContain('赵离');
    expect((await get('/P-005')).text).not.toContain('/P-005/deactivate');
  });

  test('find by a part of name or number within a department, 100 a page, the search kept in the links', async () => {
    const by = { actor: 'system' };
    const one = { ...filled, nursingUnitCode: null, post: 'nurse', from: null, until: null } as const;
    for (let i = 0; i < 101; i += 1) {
      const staffNumber = `Q-${String(i).padStart(3, '0')}`;
      await slice.saveStaffMember({ ...one, staffNumber, departmentCode: 'billing' }, by);
    }
    const first = await get('?text=q-&department=billing').expect(200);

    expect(rows(first.text)).toBe(100);
    expect(first.text.replaceAll('&#x3D;', '=')).toContain('text=q-&amp;department=billing&amp;after=Q-099');
    const second = await get('?text=q-&department=billing&after=Q-099').expect(200);
    expect(rows(second.text)).toBe(1);
    expect(rows((await get('?text=q-&department=surgery')).text)).toBe(0);
    expect((await get('?text=.*')).text).toContain('没有符合条件的职工');
    expect(rows((await get('?text=%00q-%00&department=billing').expect(200)).text)).toBe(rows(first.text));
  });

  test('are read by the office and written by administrators only', async () => {
    await add('P-006').expect(303);
    const page = await get('/P-006', 'office').expect(200);

    expect(page.text).not.toContain('<form method="post" action="/admin/staff');
    expect((await get('', 'office')).text).not.toContain('/admin/staff/new');
    await get('/new', 'office').expect(403);
    await post('', { staffNumber: 'P-007', ...filled }, 'office').expect(403);
    await post('/P-006', filled, 'office').expect(403);
    await post('/P-006/deactivate', {}, 'office').expect(403);
    await get('', 'nurse').expect(403);
  });
});
