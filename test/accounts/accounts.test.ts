import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { oneTimePassword } from '../../src/accounts/one-time-password.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { codeOf, createAccountsApp, logIn, clearAccounts } from './accounts-app.ts';
import type { AccountsApp, LoggedIn } from './accounts-app.ts';

let database: TestDatabase;
let service: AccountsApp;
let admin: LoggedIn;

beforeAll(async () => {
  database = await openTestDatabase();
  service = createAccountsApp(database.connection);
  await database.buildIndexes();
});

beforeEach(async () => {
  await clearAccounts(database.connection);
  service = createAccountsApp(database.connection);
  await service.accounts.bootstrapAdministrator();
  admin = await logIn(service.app);
});

afterAll(() => database.drop());

const nurse = {
  username: 'N1024',
  displayName: '李护士',
  roles: [{ role: 'nurse', departments: ['cardiology'] }],
};
const open = (body: object, { agent, csrfToken } = admin): supertest.Test =>
  agent.post('/api/v1/accounts').set({ 'x-csrf-token': csrfToken, 'accept-language': 'en' }).send(body);

interface Created {
  readonly account: { readonly id: string; readonly username: string };
  readonly oneTimePassword: string;
}

async function openNurse(): Promise<Created & { readonly session: LoggedIn }> {
  const created = (await open(nurse).expect(201)).body as Created;
  const session = await logIn(service.app, { username: 'n1024', password: created.oneTimePassword });
  return { ...created, session };
}

const disable = (id: string): supertest.Test =>
  admin.agent.post(`/api/v1/accounts/${id}/disable`).set('x-csrf-token', admin.csrfToken);

const hrefs = (html: string): readonly string[] =>
  [...html.matchAll(/class="card tile" href="([^"]+)"/g)].map((match) => match[1] ?? '');
describe('opening accounts', () => {
  test('the one-time password logs in once it is handed over and is stored nowhere', async () => {
    const { oneTimePassword: secret, account } = await openNurse();

    const list = await admin.agent.get('/api/v1/accounts').expect(200);
    const stored = await database.connection.collection('accounts').find({}).toArray();
    expect(account.username).toBe('n1024');
    expect(JSON.stringify([list.body, stored, service.events])).not.toContain(secret);
    expect(JSON.stringify(list.body)).not.toContain('argon2');
    expect(JSON.stringify(stored)).toContain('$argon2id$');
  });

  test('a user name is taken whatever its case', async () => {
    await open(nurse).expect(201);

    const again = await open({ ...nurse, username: 'n1024' });

    expect([again.status, codeOf(again)]).toEqual([409, 'username_taken']);
  });

  test('twenty requests at once with one user name open one account', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => open(nurse)));

    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
  });

  test('every fault is named with its place', async () => {
    const response = await open({
      username: 'a b',
      displayName: '李',
      roles: [
        { role: 'nurse', departments: ['cardiology', 'nowhere'] },
        { role: 'head', departments: [] },
        { role: 'office', departments: ['cardiology'] },
      ],
    });

    const { errors } = response.body as { errors: { pointer: string; code: string }[] };
    expect(response.status).toBe(422);
    expect(errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/username username_invalid',
      '/roles/0/departments/1 unknown_department',
      '/roles/1/departments departments_missing',
      '/roles/2/departments departments_not_allowed',
    ]);
  });

  test('fields nobody asked for are refused', async () => {
    await open({ ...nurse, active: false, passwordHash: 'x' }).expect(400);

    expect(await database.connection.collection('accounts').countDocuments()).toBe(1);
  });

  test('only administrators see and open accounts', async () => {
    const { session } = await openNurse();

    const seen = await session.agent.get('/api/v1/accounts');
    const page = await session.agent.get('/admin/accounts');
    const opened = await open({ ...nurse, username: 'other' }, session);

    expect([seen.status, page.status, opened.status]).toEqual([403, 403, 403]);
  });
});

describe('disabling accounts', () => {
  test('a disabled person is out at once and gets the answer of a wrong password', async () => {
    const { account, oneTimePassword: password, session } = await openNurse();

    const disabled = await disable(account.id);
    const after = await session.agent.get('/api/v1/sessions/current');
    const login = await supertest(service.app).post('/api/v1/sessions').send({ username: 'n1024', password });

    expect([disabled.status, after.status, login.status, codeOf(login)]).toEqual([
      204,
      401,
      401,
      'invalid_credentials',
    ]);
  });

  test('a session that a request in flight stores again after disabling is still over', async () => {
    const { account, session } = await openNurse();
    const sessions = database.connection.collection('sessions');
    const kept = await sessions.findOne({ 'session.accountId': account.id });

    await disable(account.id);
    await sessions.insertOne({ ...kept });

    expect((await session.agent.get('/api/v1/sessions/current')).status).toBe(401);
  });

  test('nobody disables the own account, so an administrator remains', async () => {
    const response = await disable('admin');

    expect([response.status, codeOf(response)]).toEqual([409, 'own_account']);
  });

  test('an account that is not there is not found', async () => {
    expect((await disable('nobody')).status).toBe(404);
  });

  test('opening and disabling are audited with ids only', async () => {
    const { account } = await openNurse();
    await disable(account.id);

    const changes = service.events.filter(
      ({ actor, action }) => actor === 'admin' && action !== 'session.login',
    );
    expect(changes).toMatchObject([
      { action: 'account.create', subject: `account/${account.id}`, outcome: 'succeeded' },
      { action: 'account.disable', subject: `account/${account.id}`, outcome: 'succeeded' },
    ]);
    expect(JSON.stringify(changes)).not.toMatch(/n1024|李/i);
  });
});

describe('pages', () => {
  test('the accounts page opens an account and shows its password this once', async () => {
    const form = {
      username: 'wang',
      displayName: '王<b>主任',
      'role-0': 'head',
      'departments-0': 'cardiology',
    };
    const response = await admin.agent
      .post('/admin/accounts?lang=en')
      .type('form')
      .send({ _csrf: admin.csrfToken, ...form });
    const again = await admin.agent.get('/admin/accounts?lang=en');

    const secret = /class="secret">([^<]+)</.exec(response.text)?.[1] ?? '';
    expect(response.status).toBe(201);
    expect(response.get('Cache-Control')).toBe('no-store');
    expect(secret).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
    expect(again.text).toContain('Department head: Cardiology');
    expect(again.text).not.toContain(secret);
    expect(again.text).not.toContain('王<b>');
  });

  test('a form with faults comes back as it was filled in', async () => {
    const response = await admin.agent
      .post('/admin/accounts?lang=en')
      .type('form')
      .send({ _csrf: admin.csrfToken, username: 'wang', displayName: '王主任', 'role-0': 'head' });

    expect(response.status).toBe(422);
    expect(response.text).toContain('This role needs departments');
    expect(response.text).toMatch(/value="head" selected/);
    expect(response.text).toContain('value="王主任"');
  });

  test('the landing page shows what a person may do and nothing else', async () => {
    const { session } = await openNurse();

    const ofNurse = await session.agent.get('/home');
    const ofAdmin = await admin.agent.get('/home');

    expect(hrefs(ofNurse.text)).toEqual(['/worklist']);
    expect(hrefs(ofAdmin.text)).toEqual([
      '/worklist',
      '/paper',
      '/scorecards',
      '/office/deliveries',
      '/office/contacts',
      '/office/erasure',
      '/office/posters',
      '/office/consents',
      '/office/comments',
      '/office/imports',
      '/office/calendar',
      '/office/operation',
      '/admin/departments',
      '/admin/staff',
      '/admin/accounts',
      '/admin/api-keys',
      '/admin/retention',
      '/mailbox',
    ]);
  });
});

describe('one-time passwords', () => {
  test('a one-time password has 16 characters of the whole alphabet and none that look alike', () => {
    let next = 0;
    const sizes = new Set<number>();
    const password = oneTimePassword((size) => {
      sizes.add(size);
      next += 1;
      return (next * 7) % size;
    });

    expect([...sizes]).toEqual([31]);
    expect(password).toMatch(/^[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){3}$/);
  });
});
