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

type Fields = Readonly<Record<string, string>>;
const app = (role: 'admin' | 'office' = 'admin') =>
  createTestApp({ routes: slice.pages, principal: person(role) });
const get = (path: string) =>
  request(app()).get(`/admin/departments${path}`).set('accept-language', 'zh-Hans');
const post = (path: string, fields: Fields, role: 'admin' | 'office' = 'admin') =>
  request(app(role))
    .post(`/admin/departments${path}`)
    .set('accept-language', 'zh-Hans')
    .type('form')
    .send({ ...fields, _csrf: testCsrfToken });

const events = () => database.connection.collection('auditEvents').countDocuments();

/** What a browser would send of the form on a page, were it sent untouched. */
function formOf(html: string): Fields {
  const typed = [...html.matchAll(/<input class="input"[^>]* name="([^"]+)" value="([^"]*)"/g)];
  const inputs = [...typed, ...html.matchAll(/<input type="hidden" name="(revision)" value="([^"]*)"/g)];
  const ticked = [...html.matchAll(/name="([^"]+)" value="on" checked/g)];
  const chosen = [...html.matchAll(/<select [^>]*name="([^"]+)"[\s\S]*?<\/select>/g)].map((select) => {
    return [select[1] ?? '', /value="([^"]*)" selected/.exec(select[0])?.[1] ?? ''];
  });
  return Object.fromEntries([
    ...inputs.map(([, name, value]) => [name, value]),
    ...ticked.map(([, name]) => [name, 'on']),
    ...chosen,
  ]) as Fields;
}

const filled: Fields = {
  code: 'cardiology',
  name: '心内科',
  kind: 'clinical',
  campus: '东院',
  'recipient-1-name': '王某',
  'recipient-1-role': 'head-nurse',
  'recipient-1-email': 'Wang@hospital.example',
  'recipient-1-language': 'zh-Hans',
  'unit-0-code': 'XN1',
  'unit-0-name': '心内一病区',
  'unit-0-active': 'on',
  'unit-1-active': 'on',
};

describe('the forms of a department', () => {
  test('add a department with a recipient and a nursing unit; entries left empty are not saved', async () => {
    const response = await post('', filled).expect(303);
    expect(response.headers['location']).toBe('/admin/departments/cardiology?done=added');
    expect((await get('/cardiology?done=added')).text).toContain('科室已新增');

    expect(await slice.findDepartment('cardiology')).toEqual({
      code: 'cardiology',
      name: { 'zh-Hans': '心内科' },
      kind: 'clinical',
      active: true,
      campus: { 'zh-Hans': '东院' },
      recipients: [{ name: '王某', role: 'head-nurse', email: 'wang@hospital.example', language: 'zh-Hans' }],
      nursingUnits: [{ code: 'XN1', name: { 'zh-Hans': '心内一病区' }, active: true }],
      from: null,
      until: null,
    });
  });

  test('never change a department whose code is typed again, nor take a code that is an address of the service', async () => {
    const page = await post('', { ...filled, code: 'surgery' }).expect(422);
    const reserved = await post('', { ...filled, code: 'new' }).expect(422);

    expect(page.text).toMatch(/id="code-fault">这个代码已属于/);
    expect(reserved.text).toContain('id="code-fault"');
    expect((await slice.findDepartment('surgery'))?.name['zh-Hans']).toBe('外科');
  });

  test('say beside the field of the right row what is wrong, and keep all that was typed', async () => {
    const page = await post('', {
      ...filled,
      code: 'Bad Code',
      kind: '',
      campus: '',
      campusEn: 'East <b>',
      'recipient-2-name': '只有姓名',
      'recipient-4-email': 'not an address',
      'unit-2-code': 'XN1',
      'unit-2-nameEn': 'Twice',
    }).expect(422);

    for (const id of ['code', 'kind', 'campus', 'recipient-2-email', 'recipient-4-email', 'unit-2-name'])
      expect(page.text).toContain(`id="${id}-fault"`);
    expect(page.text).not.toContain('id="recipient-1-email-fault"');
    expect(formOf(page.text)).toMatchObject({
      code: 'Bad Code',
      campusEn: 'East &lt;b&gt;',
      'recipient-2-name': '只有姓名',
      'recipient-4-email': 'not an address',
      'unit-2-nameEn': 'Twice',
    });
  });

  test('refuse a nursing unit that another department has, at its code', async () => {
    const page = await post('', { ...filled, code: 'other', 'unit-0-code': 'nk1' }).expect(422);

    expect(page.text).toMatch(/id="unit-0-code-fault">这个病区代码已属于/);
  });

  test('change nothing when a stored department is sent back untouched', async () => {
    const before = await slice.findDepartment('internal-medicine');
    const known = await events();
    const form = formOf((await get('/internal-medicine/edit').expect(200)).text);
    await post('/internal-medicine/edit', form).expect(303);

    expect(await slice.findDepartment('internal-medicine')).toEqual(before);
    expect(await events()).toBe(known);
  });

  test('are refused, with all that was typed, when somebody else changed the department meanwhile; sent again they hold', async () => {
    const mine = { ...formOf((await get('/internal-medicine/edit')).text), campus: '西院' };
    const theirs = { ...mine, campus: '南院' };
    await post('/internal-medicine/edit', theirs).expect(303);

    const refused = await post('/internal-medicine/edit', mine).expect(422);
    const between = await slice.findDepartment('internal-medicine');
    await post('/internal-medicine/edit', formOf(refused.text)).expect(303);

    expect(refused.text).toContain('刚被别人修改过');
    expect(between?.campus).toEqual({ 'zh-Hans': '南院' });
    expect((await slice.findDepartment('internal-medicine'))?.campus).toEqual({ 'zh-Hans': '西院' });
    await post('/internal-medicine/edit', {
      ...formOf((await get('/internal-medicine/edit')).text),
      campus: '',
    }).expect(303);
  });

  test('correct the first day', async () => {
    const form = formOf((await get('/internal-medicine/edit')).text);
    await post('/internal-medicine/edit', { ...form, from: '2020-01-01' }).expect(303);
    const opened = await slice.findDepartment('internal-medicine');
    const again = formOf((await get('/internal-medicine/edit')).text);
    await post('/internal-medicine/edit', { ...again, from: '' }).expect(303);

    expect(form['from']).toBe('');
    expect(opened?.from).toBe('2020-01-01');
    expect((await slice.findDepartment('internal-medicine'))?.from).toBeNull();
  });

  test('remove the ticked recipient, fill a spare entry, close a nursing unit and leave all else', async () => {
    const before = await slice.findDepartment('internal-medicine');
    const shown = await get('/internal-medicine/edit');
    expect(shown.text).toContain('name="recipient-1-remove"');
    expect(shown.text).not.toContain('name="recipient-2-remove"');
    const { 'unit-1-active': _open, ...form } = formOf(shown.text);
    await post('/internal-medicine/edit', {
      ...form,
      'recipient-0-remove': 'on',
      'recipient-2-name': '新人',
      'recipient-2-role': 'other',
      'recipient-2-email': 'xin@hospital.example',
    }).expect(303);
    const after = await slice.findDepartment('internal-medicine');

    expect(after?.recipients.map(({ name }) => name)).toEqual(['李秀英', '新人']);
    expect(after?.nursingUnits.map(({ active }) => active)).toEqual([true, false]);
    expect({ ...after, recipients: [], nursingUnits: [] }).toEqual({
      ...before,
      recipients: [],
      nursingUnits: [],
    });
  });

  test('are for administrators only, and for departments that exist', async () => {
    const answers = await Promise.all([
      request(app('office')).get('/admin/departments/new'),
      request(app('office')).get('/admin/departments/surgery/edit'),
      post('', { ...filled, code: 'mine' }, 'office'),
      post('/surgery/edit', filled, 'office'),
      get('/nowhere/edit'),
      post('/nowhere/edit', filled),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 404, 404]);
  });
});
