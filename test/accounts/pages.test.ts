import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { guardFor } from '../../src/accounts/guard.ts';
import { route } from '../../src/http/route.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { admin, adminPassword, codeOf, createAccountsApp, logIn, clearAccounts } from './accounts-app.ts';
import type { AccountsApp } from './accounts-app.ts';

let database: TestDatabase;
let service: AccountsApp;

beforeAll(async () => {
  database = await openTestDatabase();
  service = createAccountsApp(database.connection);
  await database.buildIndexes();
});

beforeEach(async () => {
  await clearAccounts(database.connection);
  service = createAccountsApp(database.connection);
  await service.accounts.bootstrapAdministrator();
});

afterAll(() => database.drop());

const newPassword = 'a river in the morning';

const change = (
  agent: ReturnType<typeof supertest.agent>,
  _csrf: string,
  fields: object = {},
): supertest.Test =>
  agent
    .post('/account/password?lang=en')
    .type('form')
    .send({ _csrf, currentPassword: adminPassword, newPassword, repeatedPassword: newPassword, ...fields });

const work = route({
  method: 'get',
  path: '/api/v1/work',
  guard: guardFor('scorecard.close'),
  summary: 'Something only the office may do.',
  handle: (_input, response) => void response.json({ done: true }),
});
const statusesOf = async (app: AccountsApp['app'], password: string): Promise<unknown[]> => {
  const { agent } = await logIn(app, { ...admin, password });
  const api = await agent.get('/api/v1/work');
  const home = await agent.get('/home');
  return [api.status, codeOf(api), home.status, home.get('Location')];
};

describe('the login page', () => {
  test('a person who logs in goes to the page they wanted', async () => {
    const response = await supertest(service.app)
      .post('/login')
      .type('form')
      .send({ ...admin, next: '/scorecards/2026-10/cardiology?x=1' });

    expect([response.status, response.get('Location')]).toEqual([303, '/scorecards/2026-10/cardiology?x=1']);
  });

  test.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    'home',
    '/logout',
    '',
  ])('`next` %j leads nowhere but home', async (next) => {
    const response = await supertest(service.app)
      .post('/login')
      .type('form')
      .send({ ...admin, next });

    expect(response.get('Location')).toBe('/home');
  });

  test('a failed login shows the form again in the person’s language, without the password', async () => {
    const response = await supertest(service.app)
      .post('/login?lang=en')
      .type('form')
      .send({ username: '"><script>', password: 'secret words' });

    expect(response.status).toBe(401);
    expect(response.text).toContain('The user name or the password is not correct.');
    expect(response.text).not.toContain('secret words');
    expect(response.text).not.toContain('"><script>');
  });

  test('a page that needs a login sends there and comes back', async () => {
    const response = await supertest(service.app).get('/admin/accounts');

    expect(response.get('Location')).toBe('/login?next=%2Fadmin%2Faccounts');
  });

  test('who is logged in skips the form', async () => {
    const { agent } = await logIn(service.app);

    const response = await agent.get('/login?next=/admin/accounts');

    expect(response.get('Location')).toBe('/admin/accounts');
  });

  test('logging out by the button ends the session, and not without its token', async () => {
    const { agent, csrfToken } = await logIn(service.app);

    const refused = await agent.post('/logout').type('form').send({});
    const done = await agent.post('/logout').type('form').send({ _csrf: csrfToken });
    const after = await agent.get('/home');

    expect([refused.status, done.get('Location'), after.get('Location')]).toEqual([
      403,
      '/login',
      '/login?next=%2Fhome',
    ]);
  });
});

describe('the password', () => {
  test('changing it ends every other session and keeps this one', async () => {
    const here = await logIn(service.app);
    const there = await logIn(service.app);

    const changed = await change(here.agent, here.csrfToken);
    const statuses = [
      changed.status,
      (await here.agent.get('/api/v1/sessions/current')).status,
      (await there.agent.get('/api/v1/sessions/current')).status,
      (await supertest(service.app).post('/api/v1/sessions').send(admin)).status,
      (
        await supertest(service.app)
          .post('/api/v1/sessions')
          .send({ ...admin, password: newPassword })
      ).status,
    ];

    expect(statuses).toEqual([200, 200, 401, 401, 201]);
  });

  test('a session that a request in flight stores again after the change is still over', async () => {
    const there = await logIn(service.app);
    const sessions = database.connection.collection('sessions');
    const [kept] = await sessions.find({}).toArray();
    const here = await logIn(service.app);

    await change(here.agent, here.csrfToken);
    await sessions.insertOne({ ...kept });

    expect((await there.agent.get('/api/v1/sessions/current')).status).toBe(401);
  });

  test.each([
    [{ currentPassword: 'not this one' }, 'The current password is not correct.'],
    [{ repeatedPassword: 'something else' }, 'The two new passwords differ.'],
    [{ newPassword: '短短的密码', repeatedPassword: '短短的密码' }, 'at least 10 characters'],
    [
      { newPassword: 'Admin-is-me-2026', repeatedPassword: 'Admin-is-me-2026' },
      'must not contain the user name',
    ],
    [{ newPassword: 'Woaini1314', repeatedPassword: 'Woaini1314' }, 'common and easy to guess'],
    [{ newPassword: 'abababababab', repeatedPassword: 'abababababab' }, 'common and easy to guess'],
    [{ newPassword: adminPassword, repeatedPassword: adminPassword }, 'must differ from the current one'],
  ])('%j is refused with its reason', async (fields, reason) => {
    const { agent, csrfToken } = await logIn(service.app);

    const response = await change(agent, csrfToken, fields);
    const still = await supertest(service.app).post('/api/v1/sessions').send(admin);

    expect(response.status).toBe(422);
    expect(response.text).toContain(reason);
    expect(still.status).toBe(201);
  });

  test('ten Chinese characters are a password', async () => {
    const { agent, csrfToken } = await logIn(service.app);
    const words = '清晨河边的柳树绿了啊';

    expect((await change(agent, csrfToken, { newPassword: words, repeatedPassword: words })).status).toBe(
      200,
    );
  });

  test('by the API every broken rule has its pointer and a sentence', async () => {
    const { agent, csrfToken } = await logIn(service.app);

    const response = await agent
      .post('/api/v1/accounts/current/password')
      .set({ 'x-csrf-token': csrfToken, 'accept-language': 'en' })
      .send({ currentPassword: adminPassword, newPassword: 'admin' });

    expect(response.status).toBe(422);
    expect((response.body as { errors: object[] }).errors).toEqual([
      {
        pointer: '/newPassword',
        code: 'password_too_short',
        detail: 'The new password needs at least 10 characters.',
      },
      {
        pointer: '/newPassword',
        code: 'password_contains_username',
        detail: 'The new password must not contain the user name.',
      },
    ]);
  });
});

describe('a one-time password', () => {
  test('must be changed first where the configuration says so, and only there', async () => {
    const strict = createAccountsApp(database.connection, { forcePasswordChange: true, routes: [work] });
    const relaxed = createAccountsApp(database.connection, { routes: [work] });

    const relaxedAnswers = await statusesOf(relaxed.app, adminPassword);
    const strictAnswers = await statusesOf(strict.app, adminPassword);
    const { agent, csrfToken } = await logIn(strict.app);
    await agent
      .post('/account/password')
      .type('form')
      .send({ _csrf: csrfToken, currentPassword: adminPassword, newPassword, repeatedPassword: newPassword });

    expect(relaxedAnswers).toEqual([200, undefined, 200, undefined]);
    expect(strictAnswers).toEqual([403, 'password_change_required', 303, '/account/password']);
    expect(await statusesOf(strict.app, newPassword)).toEqual([200, undefined, 200, undefined]);
  });
});
