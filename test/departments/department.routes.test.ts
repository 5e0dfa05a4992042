import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { testAudit } from '../support/test-audit.ts';
import type { AuditSlice } from '../../src/audit/audit.wiring.ts';
import { wireDepartments } from '../../src/departments/departments.wiring.ts';
import type { DepartmentsSlice } from '../../src/departments/departments.wiring.ts';
import type { Guard } from '../../src/http/route.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { locales } from '../../src/shared/localized-text.ts';
import type { Principal } from '../../src/shared/principal.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
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
const guard = (action: string): Guard => ({
  name: action,
  decide: (principal) => (principal ? 'allowed' : 'unauthenticated'),
});

let database: TestDatabase;
let audit: AuditSlice;
let slice: DepartmentsSlice;
beforeAll(async () => {
  database = await openTestDatabase();
  const clock = { now: () => new Date('2026-10-20T00:00:00Z') };
  audit = testAudit(database.connection, clock);
  slice = wireDepartments({
    connection: database.connection,
    clock,
    hospitalTime: createHospitalTime('Asia/Shanghai'),
    guard,
    recordAuditEvent: audit.recordAuditEvent,
    translate: testTranslate,
    languages: locales,
    shell: () => ({}),
    renderPage: () => '',
    seedFile: `${projectRoot()}/config/departments.sample.json`,
  });
  await slice.seed();
});
afterAll(async () => {
  await database.drop();
});

const app = (principal: Principal | null) =>
  createTestApp({ routes: slice.routes, principal, renderPage: () => '' });
const path = '/api/v1/departments';
const body = {
  name: { 'zh-Hans': '眼科' },
  kind: 'clinical',
  active: true,
  recipients: [{ name: '何', role: 'department-head', email: 'HE@hospital.example', language: 'zh-Hans' }],
};
const put = (code: string, value: object, principal: Principal | null = admin) =>
  request(app(principal)).put(`${path}/${code}`).set('x-csrf-token', testCsrfToken).send(value);

describe('the API of departments', () => {
  test('shows everybody code and name in their language, and nothing else', async () => {
    const chinese = await request(app(null)).get(path).set('Accept-Language', 'zh-CN').expect(200);
    const english = await request(app(null)).get(path).set('Accept-Language', 'en').expect(200);

    expect(chinese.body).toMatchObject({
      items: expect.arrayContaining([{ code: 'billing', name: '收费处' }]),
    });
    expect(english.body).toMatchObject({
      items: expect.arrayContaining([{ code: 'billing', name: 'Billing' }]),
    });
    expect(chinese.text).not.toContain('@');
  });

  test('shows recipients only to who may manage departments', async () => {
    await request(app(null)).get(`${path}/surgery`).expect(401);
    const surgery = await request(app(admin)).get(`${path}/surgery`).expect(200);

    expect(surgery.body).toMatchObject({ code: 'surgery', recipients: [{ role: 'department-head' }, {}] });
    await request(app(admin)).get(`${path}/nowhere`).expect(404);
  });

  test('adds and changes a department, seen at once and audited', async () => {
    const created = await put('eye-clinic', body).expect(201);
    await put('eye-clinic', body).expect(200);
    await put('eye-clinic', { ...body, active: false }).expect(200);

    expect(created.body).toMatchObject({
      code: 'eye-clinic',
      recipients: [{ email: 'he@hospital.example' }],
    });
    const list = await request(app(null)).get(path);
    expect(list.text).not.toContain('eye-clinic');
    const events = await audit.store.ofSubject('department/eye-clinic', 10);
    expect(events.filter(({ outcome }) => outcome === 'succeeded')).toHaveLength(2);
    expect(events[0]).toMatchObject({ actor: 'a1', action: 'department.save' });
    expect(events[0]?.requestId).toBeTruthy();
  });

  test('refuses strangers, a missing token and shapes that are wrong, with the place', async () => {
    await put('ent', body, null).expect(401);
    await request(app(admin)).put(`${path}/ent`).send(body).expect(403);
    await put('E-N-T', body).expect(400);
    const refused = await put('ent', {
      ...body,
      kind: 'x',
      recipients: [{ ...body.recipients[0], email: 'a, b@c' }],
    });

    expect(refused.status).toBe(400);
    const { errors } = refused.body as { errors: readonly { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/kind', '/recipients/0/email']),
    );
    expect(await slice.findDepartment('ent')).toBeNull();
  });
});
