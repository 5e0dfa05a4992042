import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { DepartmentsSlice } from '../../src/departments/departments.wiring.ts';
import { createTestApp, testCsrfToken } from '../support/test-app.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { openDepartmentsWorld, person } from './departments-world.ts';

let database: TestDatabase;
let slice: DepartmentsSlice;
beforeAll(async () => {
  ({ database, slice } = await openDepartmentsWorld());
});
afterAll(async () => {
  await database.drop();
});

const app = (role: 'admin' | 'office' = 'admin') =>
  createTestApp({ routes: slice.pages, principal: person(role) });
const get = (path: string) => request(app()).get(`/admin/departments${path}?lang=zh-Hans`);
const post = (path: string, fields: object) =>
  request(app())
    .post(`/admin/departments/${path}?lang=zh-Hans`)
    .type('form')
    .send({ ...fields, _csrf: testCsrfToken });

describe('the pages of departments', () => {
  test('list every department, for administrators only', async () => {
    const page = await get('').expect(200);

    expect(page.text).toContain('收费处');
    const refused = await request(app('office')).get('/admin/departments');
    expect(refused.status).toBe(403);
    await get('/nowhere').expect(404);
  });

  test('rename a department from a day on and show its history', async () => {
    const page = await post('surgery/rename', { name: '普外科', from: '2026-12-01' }).expect(200);

    expect(page.text).toContain('名称已保存');
    expect(page.text).toMatch(/2026-12-01<\/strong> 名称为“普外科”/);
    expect((await slice.findDepartment('surgery', '2026-12-01'))?.name['zh-Hans']).toBe('普外科');
  });

  test('say beside the field what is wrong and keep what was typed', async () => {
    const page = await post('surgery/rename', { name: '', nameEn: 'Kept <b>', from: 'soon' }).expect(422);
    const merged = await post('surgery/merge', { into: 'surgery', from: '2026-12-01' }).expect(422);

    expect(page.text).toContain('value="Kept &lt;b&gt;"');
    expect(page.text).toContain('value="soon"');
    expect(page.text).toContain('rename-name-fault');
    expect(page.text).toContain('应为存在的日期');
    expect(merged.text).toContain('不能并入自己');
  });

  test('merge a department, say where it went, and undo it', async () => {
    const page = await post('canteen/merge', { into: 'logistics', from: '2026-11-10' }).expect(200);
    expect(page.text).toContain('已合并');
    expect((await slice.findDepartmentInCharge('canteen'))?.code).toBe('logistics');

    const undone = await post('canteen/unmerge', {}).expect(200);
    expect(undone.text).toContain('合并已撤销');
    expect((await slice.findDepartmentInCharge('canteen'))?.code).toBe('canteen');
  });

  test('close a department from a day on without touching what else is stored of it', async () => {
    const before = await slice.findDepartment('obstetrics');
    await post('obstetrics/close', { until: '2026-12-01' }).expect(200);

    expect(await slice.findDepartment('obstetrics')).toEqual({ ...before, until: '2026-12-01' });
    const page = await post('obstetrics/close', { until: '' }).expect(200);
    expect(page.text).toContain('停用日期已保存');
    expect(await slice.findDepartment('obstetrics')).toEqual(before);
  });
});
