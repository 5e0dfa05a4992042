import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { guardFor } from '../../src/accounts/guard.ts';
import type { AuditEvent } from '../../src/audit/audit-event.ts';
import type { AnswerWords } from '../../src/contacts/contact.ts';
import { wireContacts } from '../../src/contacts/contacts.wiring.ts';
import type { ContactsSlice } from '../../src/contacts/contacts.wiring.ts';
import { wirePrivacy } from '../../src/privacy/privacy.wiring.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import type { Principal, Role } from '../../src/shared/principal.ts';
import {
  createTestApp,
  testCsrfToken,
  testShell,
  testTemplates,
  testTranslate,
} from '../support/test-app.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let slice: ContactsSlice;
let audit: Omit<AuditEvent, 'at'>[] = [];
let answers: AnswerWords[] = [];
const received = new Date('2026-10-20T04:00:00Z');
const submissionId = 'a2b9d1a4-52d5-4a53-9a44-3f8a8b1c0001';

const newKey = (): string => randomBytes(32).toString('base64');

beforeAll(async () => {
  database = await openTestDatabase();
  slice = wireContacts({
    connection: database.connection,
    clock: { now: () => received },
    guard: guardFor,
    keys: wirePrivacy({ encryption: [newKey()], blindIndex: newKey() }),
    recordAuditEvent: (event) => {
      audit.push(event);
      return Promise.resolve();
    },
    findWords: (ids) => Promise.resolve(answers.filter((answer) => ids.includes(answer.submissionId))),
    departmentNames: () => Promise.resolve(new Map([['surgery', '外科']])),
    silenced: () => Promise.resolve(null),
    translate: testTranslate,
    formatTime: (moment) => moment.toISOString(),
    renderPage: testTemplates().page,
    shell: testShell,
    retentionDays: 90,
    erasedMarkDays: 400,
    hospitalTime: createHospitalTime('Asia/Shanghai'),
  });
  await database.buildIndexes();
});
beforeEach(async () => {
  audit = [];
  answers = [{ submissionId, departmentCode: 'surgery', comment: '等了三个小时', trial: false }];
  await database.connection.collection('contacts').deleteMany({});
  await slice.keepContact({ submissionId, reachAt: '13812341234', name: '欧阳' }, received);
});
afterAll(() => database.drop());

const rows = () => database.connection.collection('contacts').find().toArray();
const appOf = (role: Role) => {
  const principal: Principal = {
    accountId: `a-${role}`,
    username: role,
    displayName: role,
    roles: [{ role, departments: role === 'head' || role === 'nurse' ? ['surgery'] : 'all' }],
    mustChangePassword: false,
  };
  return createTestApp({ routes: slice.pages, principal });
};
const idOf = async (): Promise<string> => String((await rows())[0]?.['_id']);

describe('a contact', () => {
  test('lies encrypted, apart from its answer, with the day of its erasure', async () => {
    const [row] = await rows();

    expect(JSON.stringify(row)).not.toMatch(/13812341234|欧阳|a2b9d1a4/);
    expect(row).toMatchObject({ eraseAt: new Date('2027-01-18T04:00:00Z'), handledAt: null });
  });

  test('sent again it is the same one, with what was written last', async () => {
    await slice.keepContact({ submissionId, reachAt: 'weixin-abc', name: null }, received);

    const page = await request(appOf('office')).get(`/office/contacts/${await idOf()}`);

    expect(await rows()).toHaveLength(1);
    expect(page.text).toContain('weixin-abc');
  });

  test('is erased when its time is over, and when its answer never came', async () => {
    expect(await slice.purge(new Date('2027-01-18T03:59:00Z'))).toBe(0);
    expect(await slice.purge(new Date('2027-01-18T04:00:00Z'))).toBe(1);

    await slice.keepContact({ submissionId, reachAt: '13812341234', name: null }, received);
    answers = [];
    expect(await slice.purge(new Date('2026-10-21T03:59:00Z'))).toBe(0);
    expect(await slice.purge(new Date('2026-10-21T04:01:00Z'))).toBe(1);
    expect(await rows()).toEqual([]);
  });
});

describe('the complaint office’s pages', () => {
  test.each(['admin', 'director', 'head', 'nurse'] as const)('are shut to %s', async (role) => {
    const app = appOf(role);

    expect((await request(app).get('/office/contacts')).status).toBe(403);
    expect((await request(app).get(`/office/contacts/${await idOf()}`)).status).toBe(403);
    expect(audit).toEqual([]);
  });

  test('list the words without number and name, and show those only on opening, which is recorded', async () => {
    const app = appOf('office');
    const id = await idOf();

    const list = await request(app).get('/office/contacts');
    const opened = await request(app).get(`/office/contacts/${id}`);

    expect(list.text).toContain('等了三个小时');
    expect(list.text).toContain('外科');
    expect(list.text).not.toMatch(/13812341234|欧阳/);
    expect(opened.text).toContain('13812341234');
    expect(opened.text).toContain('欧阳');
    expect(opened.headers['cache-control']).toBe('no-store');
    expect(audit.map(({ action, subject }) => [action, subject])).toEqual([
      ['contact.list', 'contacts'],
      ['contact.read', `contact/${id}`],
    ]);
  });

  test('mark what was left while the service was tried out', async () => {
    const app = appOf('office');
    const pages = async () => [
      (await request(app).get('/office/contacts?lang=zh-Hans')).text,
      (await request(app).get(`/office/contacts/${await idOf()}?lang=zh-Hans`)).text,
    ];
    const live = await pages();
    answers = answers.map((answer) => ({ ...answer, trial: true }));

    for (const text of live) expect(text).not.toContain('试运行');
    for (const text of await pages()) expect(text).toContain('<span class="badge">试运行</span>');
  });

  test('show more than a page of contacts page by page, each once, also those of the same moment', async () => {
    const many = Array.from({ length: 204 }, () => randomUUID());
    answers.push(
      ...many.map((id) => ({ submissionId: id, departmentCode: 'surgery', comment: null, trial: false })),
    );
    for (const [index, id] of many.entries())
      await slice.keepContact(
        { submissionId: id, reachAt: '13812341234', name: null },
        new Date(received.getTime() + Math.floor(index / 60)),
      );
    const app = appOf('office');
    const shown: string[] = [];
    const sizes: number[] = [];

    for (let href = '/office/contacts'; href !== '';) {
      const text = (await request(app).get(href)).text.replaceAll('&#x3D;', '=');
      const ids = [...text.matchAll(/href="\/office\/contacts\/([0-9a-f]{64})"/g)].map(([, id]) =>
        String(id),
      );
      sizes.push(ids.length);
      shown.push(...ids);
      href = /href="(\/office\/contacts\?after=[0-9a-f]{64})"/.exec(text)?.[1] ?? '';
    }

    expect(sizes).toEqual([100, 100, 5]);
    expect(shown.toSorted()).toEqual((await rows()).map(({ _id }) => String(_id)).toSorted());
  });

  test('begin anew behind a contact that was erased, and refuse what names none', async () => {
    const app = appOf('office');

    const gone = await request(app).get(`/office/contacts?after=${'a'.repeat(64)}`);

    expect(gone.text).toContain('等了三个小时');
    expect((await request(app).get('/office/contacts?after=1')).status).toBe(400);
    expect((await request(app).get('/office/contacts?after[$ne]=1')).status).toBe(400);
  });

  test('mark one as handled once, after which it is off the list', async () => {
    const app = appOf('office');
    const path = `/office/contacts/${await idOf()}/handled`;
    const post = () => request(app).post(path).type('form').send({ _csrf: testCsrfToken });

    expect((await post()).headers['location']).toBe('/office/contacts');
    await post();

    expect(audit.filter(({ action }) => action === 'contact.handle')).toHaveLength(1);
    expect((await request(app).get('/office/contacts')).text).not.toContain('等了三个小时');
  });

  test('say so when a contact is not there', async () => {
    expect((await request(appOf('office')).get(`/office/contacts/${'a'.repeat(64)}`)).status).toBe(404);
  });
});
