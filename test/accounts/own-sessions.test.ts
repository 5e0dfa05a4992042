import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createConnection } from 'mongoose';
import supertest from 'supertest';
import { guardFor } from '../../src/accounts/guard.ts';
import { DomainError } from '../../src/shared/domain-error.ts';
import { deviceOf } from '../../src/http/device.bowser.ts';
import { openToAll, route } from '../../src/http/route.ts';
import type { Route } from '../../src/http/route.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { admin, clearAccounts, cookieOf, createAccountsApp, logIn, post } from './accounts-app.ts';
import type { AccountsApp, LoggedIn } from './accounts-app.ts';

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

const oldChrome =
  'Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.198 Safari/537.36';

interface Listed {
  readonly id: string;
  readonly current: boolean;
  readonly browser: string;
  readonly system: string;
  readonly kind: string;
  readonly address: string;
}

async function listOf({ agent }: LoggedIn): Promise<readonly Listed[]> {
  const response = await agent.get('/api/v1/sessions').expect(200);
  return (response.body as { sessions: readonly Listed[] }).sessions;
}

const statusOf = async ({ agent }: LoggedIn): Promise<number> =>
  (await agent.get('/api/v1/sessions/current')).status;

const end = ({ agent, csrfToken }: LoggedIn, id: string): supertest.Test =>
  agent.delete(`/api/v1/sessions/${id}`).set('x-csrf-token', csrfToken);

async function otherPerson(): Promise<LoggedIn> {
  const office = await logIn(service.app);
  const opened = await office.agent
    .post('/api/v1/accounts')
    .set('x-csrf-token', office.csrfToken)
    .send({ username: 'li', displayName: '李护士', roles: [{ role: 'director', departments: 'all' }] });
  const { oneTimePassword } = opened.body as { oneTimePassword: string };
  return logIn(service.app, { username: 'li', password: oneTimePassword });
}

describe('my sessions', () => {
  test('are listed with device, address and which is this one, and with nothing that opens one', async () => {
    const ward = await post(supertest(service.app), admin).set('user-agent', oldChrome);
    const here = await logIn(service.app);

    const listed = await listOf(here);

    expect(listed).toHaveLength(2);
    expect(listed.filter(({ current }) => current)).toHaveLength(1);
    expect(listed.find(({ current }) => !current)).toMatchObject({
      browser: 'Chrome 86',
      system: 'Windows 7',
      kind: 'desktop',
      address: '127.0.0.1',
    });
    const secret = /session=s%3A([^.]+)/.exec(cookieOf(ward))?.[1] ?? '';
    expect(secret).not.toBe('');
    expect(JSON.stringify(listed)).not.toContain(secret);
  });

  test('are mine alone: nobody sees or ends another’s', async () => {
    const li = await otherPerson();
    const mine = await logIn(service.app);
    const [session] = await listOf(mine);

    expect((await listOf(li)).map(({ current }) => current)).toEqual([true]);
    expect((await end(li, session?.id ?? '')).status).toBe(404);
    expect(await statusOf(mine)).toBe(200);
  });

  test('a session ended on one instance is over on the other at once', async () => {
    const here = await logIn(service.app);
    const elsewhere = createAccountsApp(database.connection);
    const there = await logIn(elsewhere.app);
    const other = (await listOf(here)).find(({ current }) => !current);
    expect(await statusOf(there)).toBe(200);

    const ended = await end(here, other?.id ?? '');

    expect(ended.status).toBe(204);
    expect([await statusOf(there), await statusOf(here)]).toEqual([401, 200]);
    expect(service.events.at(-1)).toMatchObject({
      actor: 'admin',
      action: 'session.end',
      subject: 'account/admin',
      outcome: 'succeeded',
    });
  });

  test('all others end at once, this one stays', async () => {
    const others = [await logIn(service.app), await logIn(service.app)];
    const here = await logIn(service.app);

    const ended = await here.agent.delete('/api/v1/sessions').set('x-csrf-token', here.csrfToken);

    expect([ended.status, ended.body]).toEqual([200, { ended: 2 }]);
    expect(await Promise.all([...others, here].map(statusOf))).toEqual([401, 401, 200]);
  });

  test('those that ran out are not listed, though the database has not removed them yet', async () => {
    await logIn(service.app);
    const gone = { $set: { expires: new Date(Date.now() - 1) } };
    await database.connection.collection('sessions').updateMany({}, gone);
    const here = await logIn(service.app);

    expect(await listOf(here)).toHaveLength(1);
  });

  test('the page shows them in words and ends them by buttons', async () => {
    await post(supertest(service.app), admin).set('user-agent', oldChrome);
    const { agent, csrfToken } = await logIn(service.app);

    const page = await agent.get('/account?lang=en').expect(200);
    const id = /\/account\/sessions\/([0-9a-f]+)\/end/.exec(page.text)?.[1] ?? '';
    const ended = await agent.post(`/account/sessions/${id}/end`).type('form').send({ _csrf: csrfToken });
    const again = await agent.post(`/account/sessions/${id}/end`).type('form').send({ _csrf: csrfToken });
    const others = await agent.post('/account/sessions/end-others').type('form').send({ _csrf: csrfToken });
    const after = await agent.get('/account?lang=en&notice=ended');

    expect(page.text).toContain('Computer · Windows 7 · Chrome 86');
    expect(page.text.match(/This device/g)).toHaveLength(1);
    expect([ended, again, others].map((one) => one.get('Location'))).toEqual([
      '/account?notice=ended',
      '/account?notice=not-found',
      '/account?notice=others-ended',
    ]);
    expect(after.text).toContain('The session has ended.');
    expect(after.text).not.toContain('Chrome 86');
  });
});

describe('what a browser says of itself', () => {
  test.each([
    [undefined, { browser: '', system: '', kind: 'other' }],
    ['curl/8.5.0', { kind: 'other' }],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.38(0x1800262c) NetType/WIFI Language/zh_CN',
      { browser: 'WeChat 8', system: 'iOS 16.5', kind: 'mobile' },
    ],
  ])('%j is put into words', (userAgent, words) => {
    expect(deviceOf(userAgent)).toMatchObject(words);
  });

  test('is kept short, whatever it is', () => {
    const { browser, system } = deviceOf(`Mozilla/5.0 (Windows NT 10.0) Chrome/${'9'.repeat(5_000)}.0`);

    expect(browser.length).toBeLessThanOrEqual(40);
    expect(system.length).toBeLessThanOrEqual(40);
  });
});

const heartbeat = (refused: boolean): Route =>
  route({
    method: 'get',
    path: refused ? '/refused' : '/kept',
    guard: guardFor('session.own'),
    summary: 'A page that says it is still open.',
    heartbeat: true,
    handle: (_input, response) => {
      if (refused) throw new DomainError('conflict', 'call_not_yours', 'Not yours.');
      response.status(204).end();
    },
  });

describe('how long a session lasts', () => {
  const minute = 60_000;

  /** How far the end of the one session is moved by a request that comes `ms` after the last, in ms. */
  async function lengthened(path: string, ms: number): Promise<number> {
    const app = createAccountsApp(database.connection, { routes: [heartbeat(true), heartbeat(false)] });
    await clearAccounts(database.connection);
    await app.accounts.bootstrapAdministrator();
    const { agent } = await logIn(app.app);
    const sessions = database.connection.collection('sessions');
    const before = new Date(Date.now() - ms);
    const expires = new Date(before.getTime() + 15 * minute);
    await sessions.updateMany({}, { $set: { lastModified: before, expires } });
    await agent.get(path);
    const stored = await sessions.findOne({});
    return Number(stored?.['expires']) - expires.getTime();
  }

  test('a request lengthens it to 15 minutes, but is written at most once a minute', async () => {
    expect(await lengthened('/home', 59_000)).toBe(0);
    expect(await lengthened('/home', 10 * minute)).toBeGreaterThanOrEqual(10 * minute);
  });

  test('a heartbeat counts as activity when it is answered, and not when it is refused', async () => {
    expect(await lengthened('/kept', 10 * minute)).toBeGreaterThanOrEqual(10 * minute);
    expect(await lengthened('/refused', 10 * minute)).toBe(0);
  });

  test('no heartbeat lengthens it beyond 12 hours from the login', async () => {
    const app = createAccountsApp(database.connection, { routes: [heartbeat(false)] });
    const { agent } = await logIn(app.app);
    app.advance(12 * 60 * minute);

    expect((await agent.get('/kept')).status).toBe(303);
  });
});

describe('what patients open', () => {
  test('reads no session, also in a browser in which somebody of the staff is logged in', async () => {
    const operations: string[] = [];
    const { uri, dbName } = database;
    const watched = await createConnection(uri, { dbName, monitorCommands: true }).asPromise();
    watched.getClient().on('commandStarted', ({ commandName }) => operations.push(commandName));
    const patients = route({
      method: 'get',
      path: '/s/cardiology',
      guard: openToAll,
      summary: 'A form.',
      handle: ({ principal }, response) => void response.json({ known: principal !== null }),
    });
    const { app } = createAccountsApp(watched, { routes: [patients] });
    const { agent } = await logIn(app);
    const during = operations.length;

    const response = await agent.get('/s/cardiology');

    expect([response.body, operations.length - during]).toEqual([{ known: false }, 0]);
    expect(response.get('Set-Cookie')).toBeUndefined();
    await watched.close();
  });
});
