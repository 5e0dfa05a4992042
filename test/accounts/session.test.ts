import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createConnection } from 'mongoose';
import supertest from 'supertest';
import { openDatabase } from '../../src/database/connect.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { admin, codeOf, cookieOf, createAccountsApp, logIn, post, clearAccounts } from './accounts-app.ts';
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

describe('sessions', () => {
  test('the session id changes at login, so a planted cookie gains nothing', async () => {
    const attacker = await post(supertest(service.app), admin);
    const planted = cookieOf(attacker).split(';')[0] ?? '';

    const victim = await supertest(service.app).post('/api/v1/sessions').set('cookie', planted).send(admin);

    const renewed = cookieOf(victim).split(';')[0];
    expect(renewed).toMatch(/^session=/);
    expect(renewed).not.toBe(planted);
    await supertest(service.app).get('/api/v1/sessions/current').set('cookie', planted).expect(401);
  });

  test('the stored id is not the cookie’s id', async () => {
    const response = await post(supertest(service.app), admin);

    const id = /session=s%3A([^.]+)/.exec(cookieOf(response))?.[1] ?? '';
    const stored = await database.connection.collection('sessions').find({}).toArray();
    expect(id).not.toBe('');
    expect(JSON.stringify(stored)).not.toContain(id);
  });

  test('another instance on the same database knows the session', async () => {
    const response = await post(supertest(service.app), admin);
    const second = createAccountsApp(database.connection);

    const cookie = cookieOf(response).split(';')[0] ?? '';
    const current = await supertest(second.app).get('/api/v1/sessions/current').set('cookie', cookie);
    expect(current.status).toBe(200);
  });

  test('over http the cookie is HttpOnly and SameSite=Lax for the whole service', async () => {
    const cookie = cookieOf(await post(supertest(service.app), admin));

    expect(cookie).toMatch(/^session=.*Path=\/;.*HttpOnly; SameSite=Lax$/);
  });

  test('over https the cookie is Secure and bound to the host; without https there is none', async () => {
    const { app } = createAccountsApp(database.connection, { secure: true });
    app.set('trust proxy', 1);

    const secure = await post(supertest(app), admin).set('x-forwarded-proto', 'https');
    const plain = await post(supertest(app), admin);

    expect(cookieOf(secure)).toMatch(/^__Host-session=.*Path=\/;.*HttpOnly; Secure; SameSite=Lax$/);
    expect(cookieOf(secure)).not.toMatch(/domain=/i);
    expect([plain.status, codeOf(plain), cookieOf(plain)]).toEqual([403, 'https_required', '']);
  });

  test('a session ends 12 hours after the login however busy it is', async () => {
    const { agent } = await logIn(service.app);
    service.advance(12 * 3_600_000 - 1);
    const before = await agent.get('/api/v1/sessions/current');
    service.advance(1);
    const after = await agent.get('/api/v1/sessions/current');

    expect([before.status, after.status]).toEqual([200, 401]);
  });

  test('a session nobody used for its idle time is over', async () => {
    const { agent } = await logIn(service.app);
    const idle = { $set: { expires: new Date(Date.now() - 1) } };
    await database.connection.collection('sessions').updateMany({}, idle);

    const current = await agent.get('/api/v1/sessions/current');

    expect(current.status).toBe(401);
  });

  test('a session lasts 15 minutes from its last use', async () => {
    await logIn(service.app);

    const stored = await database.connection.collection('sessions').findOne({});
    const left = Number(stored?.['expires']) - Date.now();
    expect(left).toBeGreaterThan(14 * 60_000);
    expect(left).toBeLessThanOrEqual(15 * 60_000);
  });

  test('a forged cookie is nobody', async () => {
    const forged = 'session=s%3Aabc.def';

    const response = await supertest(service.app).get('/api/v1/sessions/current').set('cookie', forged);

    expect(response.status).toBe(401);
  });

  test('a request without a session cookie costs no database operation', async () => {
    const operations: string[] = [];
    const { uri, dbName } = database;
    const watched = await createConnection(uri, { dbName, monitorCommands: true }).asPromise();
    watched.getClient().on('commandStarted', ({ commandName }) => operations.push(commandName));
    const { app } = createAccountsApp(watched);
    const response = await post(supertest(app), admin);
    const during = operations.length;

    await supertest(app).get('/login').set('cookie', 'lang=en').expect(200);
    await supertest(app).get('/home').expect(303);
    await supertest(app).get('/api/v1/sessions/current').expect(401);
    const without = operations.length - during;
    const cookie = cookieOf(response).split(';')[0] ?? '';
    await supertest(app).get('/api/v1/sessions/current').set('cookie', cookie).expect(200);

    expect(during).toBeGreaterThan(0);
    expect(without).toBe(0);
    expect(operations.slice(during)).toEqual(['find', 'find']);
    await watched.close();
  });
});

describe('without a database', () => {
  test('a person with a session is told to try again, everybody else gets their page', async () => {
    const away = openDatabase({ uri: 'mongodb://127.0.0.1:1', dbName: 'away' });
    const { app } = createAccountsApp(away.connection);

    const withCookie = await supertest(app).get('/home').set('cookie', 'session=s%3Aabc.def');
    const login = await post(supertest(app), admin);
    const page = await supertest(app).get('/login');

    expect([withCookie.status, login.status, page.status]).toEqual([503, 503, 200]);
    expect(withCookie.get('Retry-After')).toBe('5');
    await away.close();
  });
});

describe('cross-site requests', () => {
  test('a change without the session’s token is refused', async () => {
    const { agent } = await logIn(service.app);

    const missing = await agent.delete('/api/v1/sessions/current');
    const wrong = await agent.delete('/api/v1/sessions/current').set('x-csrf-token', 'wrong');

    expect([missing.status, wrong.status]).toEqual([403, 403]);
    await agent.get('/api/v1/sessions/current').expect(200);
  });

  test('the token of one session does not serve another', async () => {
    const first = await logIn(service.app);
    const second = await logIn(service.app);

    const response = await second.agent
      .delete('/api/v1/sessions/current')
      .set('x-csrf-token', first.csrfToken);

    expect(response.status).toBe(403);
  });

  test('a token sent from another site is refused', async () => {
    const { agent, csrfToken } = await logIn(service.app);
    const leave = (headers: Record<string, string>): supertest.Test =>
      agent.delete('/api/v1/sessions/current').set({ 'x-csrf-token': csrfToken, ...headers });

    const statuses: number[] = [];
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'same-origin' },
    ]) {
      statuses.push((await leave(headers)).status);
    }

    expect(statuses).toEqual([403, 403, 403, 204]);
  });

  test('another site cannot log a person in', async () => {
    const response = await post(supertest(service.app), admin).set('sec-fetch-site', 'cross-site');

    expect([response.status, codeOf(response), cookieOf(response)]).toEqual([403, 'cross_site_request', '']);
  });
});
