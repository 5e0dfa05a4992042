import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { noDetails } from '../../src/departments/department.ts';
import type { NursingUnit } from '../../src/departments/department.ts';
import request from 'supertest';
import { testAudit } from '../support/test-audit.ts';
import type { AuditSlice } from '../../src/audit/audit.wiring.ts';
import { guardFor } from '../../src/accounts/guard.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import type { Principal, Role } from '../../src/shared/principal.ts';
import { wireStaff } from '../../src/staff/staff.wiring.ts';
import type { StaffSlice } from '../../src/staff/staff.wiring.ts';
import { createTestApp, testCsrfToken, testTranslate } from '../support/test-app.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

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
let moment: Date;
const open = new Set(['surgery', 'billing', 'eye']);
let nursingUnits: readonly NursingUnit[] = [];
beforeAll(async () => {
  database = await openTestDatabase();
  const clock = { now: () => moment };
  audit = testAudit(database.connection, clock);
  slice = wireStaff({
    connection: database.connection,
    clock,
    hospitalTime: createHospitalTime('Asia/Shanghai'),
    guard: guardFor,
    recordAuditEvent: audit.recordAuditEvent,
    translate: testTranslate,
    listDepartments: () => Promise.resolve([]),
    shell: () => ({}),
    renderPage: () => '',
    codesInChargeOf: (code) => Promise.resolve([code, `former-${code}`]),
    findDepartment: (code) =>
      Promise.resolve(
        open.has(code)
          ? {
              code,
              name: { 'zh-Hans': code },
              kind: 'clinical',
              active: true,
              recipients: [],
              ...noDetails,
              nursingUnits,
            }
          : null,
      ),
  });
});
beforeEach(() => {
  moment = new Date('2026-11-10T00:00:00Z');
});
afterAll(async () => {
  await database.drop();
});

const app = (role: Role | null) =>
  createTestApp({ routes: slice.routes, principal: role && person(role), renderPage: () => '' });
const path = '/api/v1/staff';
const body = { name: '张敏', post: 'nurse', departmentCode: 'surgery' };
const put = (staffNumber: string, value: object = body, role: Role | null = 'admin') =>
  request(app(role)).put(`${path}/${staffNumber}`).set('x-csrf-token', testCsrfToken).send(value);
const post = (address: string) =>
  request(app('admin')).post(`${path}/${address}`).set('x-csrf-token', testCsrfToken).send();
const list = async (query: object, role: Role = 'office') => {
  const response = await request(app(role)).get(path).query(query).expect(200);
  return response.body as { items: readonly { staffNumber: string }[]; next: string | null };
};

describe('the staff register', () => {
  test('adds, changes and shows a member of staff, audited by fields without values; the same again writes nothing', async () => {
    const created = await put('A-001').expect(201);
    await put('A-001').expect(200);
    await put('A-001', { ...body, name: '张秘密' }).expect(200);
    const shown = await request(app('office')).get(`${path}/A-001`).expect(200);

    expect(created.body).toEqual({
      ...body,
      staffNumber: 'A-001',
      nursingUnitCode: null,
      from: null,
      until: null,
      active: true,
    });
    expect(shown.body).toMatchObject({ name: '张秘密', active: true });
    const events = await audit.store.ofSubject('staff-member/A-001', 10);
    expect(events).toHaveLength(4);
    expect(events).toContainEqual(
      expect.objectContaining({ actor: 'admin-1', action: 'staff-member.save', fields: ['name'] }),
    );
    expect(JSON.stringify(events)).not.toContain('秘密');
  });

  test('is read by the office, changed by administrators only, and closed to everybody else', async () => {
    const refused = await put('A-002', body, 'office');
    expect(refused.status).toBe(403);
    await put('A-002', body, null).expect(401);
    await request(app('nurse')).get(path).expect(403);
    await request(app('admin')).put(`${path}/A-002`).send(body).expect(403);
    await request(app('office')).get(`${path}/A-002`).expect(404);
  });

  test('says in the person’s language which field is wrong', async () => {
    const response = await put('A-003', {
      ...body,
      departmentCode: 'nowhere',
      from: '2026-02-01',
      until: '2026-01-01',
    }).set('Accept-Language', 'zh-CN');

    expect(response.status).toBe(422);
    expect(response.body).toMatchObject({
      code: 'staff_member_invalid',
      errors: [
        { pointer: '/departmentCode', detail: '没有这个科室，请检查科室代码。' },
        { pointer: '/until', code: 'until_before_from' },
      ],
    });
    await put('A-003', { ...body, from: '2026-02-30' }).expect(400);
    await put('A-003', { ...body, post: 'boss' }).expect(400);
    await put('A-003', { ...body, name: 'a\nb' }).expect(400);
    await put('A%2003').expect(400);
  });

  test('lists by department and by a part of name or number, 100 a page, without those who have left', async () => {
    for (let number = 100; number < 250; number += 1) {
      await slice.saveStaffMember(
        {
          ...body,
          post: 'doctor',
          staffNumber: `L${number}`,
          name: number === 120 ? '李.四' : `王${number}`,
          departmentCode: 'billing',
          nursingUnitCode: null,
          from: number === 121 ? '2026-11-11' : null,
          until: number === 122 ? '2026-11-10' : null,
        },
        { actor: 'system' },
      );
    }
    const first = await list({ department: 'billing' });
    const second = await list({ department: 'billing', after: first.next });

    expect([first.items.length, second.items.length, second.next]).toEqual([100, 48, null]);
    expect((await list({ department: 'billing', all: true, text: 'l12' })).items).toHaveLength(10);
    expect((await list({ text: '李.' })).items.map(({ staffNumber }) => staffNumber)).toEqual(['L120']);
    expect((await list({ text: '.*' })).items).toEqual([]);
  });
});

describe('ending somebody’s work', () => {
  test('takes them off the lists from that day on and keeps them in the register; twice does no harm', async () => {
    await put('D-1').expect(201);
    const ended = await post('D-1/deactivate').expect(200);
    moment = new Date('2026-12-01T00:00:00Z');
    await post('D-1/deactivate').expect(200);

    expect(ended.body).toMatchObject({ active: false, until: '2026-11-10' });
    expect((await list({ text: 'D-1' })).items).toEqual([]);
    expect((await list({ text: 'D-1', all: true })).items).toMatchObject([{ until: '2026-11-10' }]);
    await post('nobody/deactivate').expect(404);
  });

  test('also ends the work of somebody who was to begin later', async () => {
    await put('D-2', { ...body, from: '2027-01-01' }).expect(201);

    const ended = await post('D-2/deactivate').expect(200);

    expect(ended.body).toMatchObject({ active: false, from: '2026-11-10', until: '2026-11-10' });
  });
});

describe('a ward or department that is no more', () => {
  const member = { ...body, departmentCode: 'eye', nursingUnitCode: 'Y1' };

  test('keeps nobody who works there from leaving, or from being corrected; nobody new goes there', async () => {
    nursingUnits = [{ code: 'Y1', name: { 'zh-Hans': '眼科病区' }, active: true }];
    await put('W-1', member).expect(201);
    await put('W-2', member).expect(201);
    nursingUnits = [];
    open.delete('eye');

    const ended = await post('W-1/deactivate').expect(200);
    expect(ended.body).toMatchObject({ until: '2026-11-10', nursingUnitCode: 'Y1' });
    await put('W-2', { ...member, name: '张明' }).expect(200);
    open.add('eye');
    await put('W-3', { ...body, departmentCode: 'eye' }).expect(201);
    for (const staffNumber of ['W-3', 'W-4']) {
      const refused = await put(staffNumber, member);
      expect(refused.body).toMatchObject({ errors: [{ code: 'unknown_nursing_unit' }] });
    }
    const moved = await put('W-2', { ...member, departmentCode: 'surgery' });
    expect(moved.body).toMatchObject({ errors: [{ code: 'unknown_nursing_unit' }] });
  });
});

describe('the colleagues a patient may praise', () => {
  test('are those who work in the department today, with number, name and post only', async () => {
    await put('P-2', { ...body, name: '周丽', departmentCode: 'surgery' }).expect(201);
    await put('P-3', { ...body, name: '阿英', departmentCode: 'surgery', until: '2026-11-11' }).expect(201);
    await put('P-4', { ...body, name: '已离', departmentCode: 'surgery', until: '2026-11-10' }).expect(201);

    const colleagues = await slice.listColleagues('surgery');

    expect(colleagues.filter(({ staffNumber }) => staffNumber.startsWith('P-'))).toEqual([
      { staffNumber: 'P-3', name: '阿英', post: 'nurse' },
      { staffNumber: 'P-2', name: '周丽', post: 'nurse' },
    ]);
  });
});
