import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';
import {
  admin,
  adminPassword,
  bodyOf,
  codeOf,
  cookieOf,
  createAccountsApp,
  logIn,
  post,
  clearAccounts,
} from './accounts-app.ts';
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

const guess = async (login: { readonly username: string; readonly password: string }): Promise<number> =>
  (await post(supertest(service.app), login)).status;

describe('logging in', () => {
  test('a person who logs in is known until they log out', async () => {
    const { agent, csrfToken } = await logIn(service.app);

    const current = await agent.get('/api/v1/sessions/current').expect(200);
    await agent.delete('/api/v1/sessions/current').set('x-csrf-token', csrfToken).expect(204);
    const after = await agent.get('/api/v1/sessions/current');

    expect(current.body).toMatchObject({ principal: { username: 'admin' }, csrfToken });
    expect(after.status).toBe(401);
    expect(service.events.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'account.create succeeded',
      'session.login succeeded',
      'session.logout succeeded',
    ]);
  });

  test('a session that has ended is gone from the database, so a copied cookie is worth nothing', async () => {
    const response = await post(supertest(service.app), admin);
    const cookie = cookieOf(response).split(';')[0] ?? '';
    const { csrfToken } = response.body as { csrfToken: string };
    const asCopy = supertest(service.app);

    await asCopy.delete('/api/v1/sessions/current').set({ cookie, 'x-csrf-token': csrfToken }).expect(204);

    const after = await asCopy.get('/api/v1/sessions/current').set('cookie', cookie);

    expect(after.status).toBe(401);
  });

  test('a wrong password and an unknown user get the same answer for the same work', async () => {
    const before = service.argonRuns();
    const wrong = await post(supertest(service.app), { ...admin, password: 'not this one' });
    const afterWrong = service.argonRuns();
    const unknown = await post(supertest(service.app), { username: 'nobody', password: 'not this one' });

    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect({ ...bodyOf(unknown), requestId: '' }).toEqual({ ...bodyOf(wrong), requestId: '' });
    expect([afterWrong - before, service.argonRuns() - afterWrong]).toEqual([1, 1]);
  });

  test('a failed login is audited under the account, or as anonymous, never with what was typed', async () => {
    await post(supertest(service.app), { ...admin, password: 'not this one' });
    await post(supertest(service.app), { username: 'my-password-by-mistake', password: 'x' });

    const logins = service.events.filter(({ action }) => action === 'session.login');
    expect(logins).toMatchObject([
      { actor: 'admin', subject: 'account/admin', outcome: 'failed' },
      { actor: 'anonymous', subject: 'account/unknown', outcome: 'failed' },
    ]);
    expect(JSON.stringify(logins)).not.toContain('mistake');
  });

  test('the case and width of a user name do not matter', async () => {
    const response = await post(supertest(service.app), { ...admin, username: ' ＡＤＭＩＮ ' });

    expect(response.status).toBe(201);
  });

  test('objects instead of texts are refused, not searched for', async () => {
    const response = await post(supertest(service.app), { username: { $ne: null }, password: { $ne: null } });

    expect(response.status).toBe(400);
  });
});

describe('the login limit', () => {
  test.each(['admin', 'nobody'])(
    'after five failures %s waits 15 minutes, even with the right password',
    async (username) => {
      for (let attempt = 0; attempt < 5; attempt += 1) {
        await post(supertest(service.app), { username, password: 'wrong' }).expect(401);
      }

      const locked = await post(supertest(service.app), { username, password: adminPassword });
      service.advance(15 * 60_000);
      const later = await post(supertest(service.app), { username, password: adminPassword });

      expect([locked.status, codeOf(locked), locked.get('Retry-After')]).toEqual([
        429,
        'too_many_logins',
        '900',
      ]);
      expect(later.status).toBe(username === 'admin' ? 201 : 401);
    },
  );

  test('of 30 guesses at once at most five reach the password', async () => {
    const before = service.argonRuns();

    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        post(supertest(service.app), { ...admin, password: `guess ${n}` }),
      ),
    );

    expect(service.argonRuns() - before).toBeLessThanOrEqual(5);
    expect(answers.map(({ status }) => status).filter((status) => status === 429)).toHaveLength(25);
  });

  test('the lock lasts 15 minutes from the fifth failure, however far apart the failures were', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await post(supertest(service.app), { ...admin, password: 'wrong' });
      service.advance(3 * 60_000);
    }

    service.advance(11 * 60_000);
    const before = await post(supertest(service.app), admin);
    service.advance(60_000);
    const after = await post(supertest(service.app), admin);

    expect([before.status, before.get('Retry-After'), after.status]).toEqual([429, '60', 201]);
  });

  test('a lock holds on every instance', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await post(supertest(service.app), { ...admin, password: 'wrong' });
    }

    const elsewhere = await post(supertest(createAccountsApp(database.connection).app), admin);

    expect(elsewhere.status).toBe(429);
  });

  test('a login in between gives nobody else fresh guesses, nor tells that there is such an account', async () => {
    const guessed: Record<string, number[]> = {};
    for (const username of ['admin', 'nobody']) {
      const statuses: number[] = [];
      for (const password of ['a', 'b', 'c', 'd']) statuses.push(await guess({ username, password }));
      if (username === 'admin') await post(supertest(service.app), admin).expect(201);
      for (const password of ['e', 'f']) statuses.push(await guess({ username, password }));
      guessed[username] = statuses;
    }

    expect(guessed['admin']).toEqual([401, 401, 401, 401, 401, 429]);
    expect(guessed['nobody']).toEqual(guessed['admin']);
  });

  test('who mistypes four times and then logs in goes on logging in, and 15 minutes later may mistype again', async () => {
    const statuses: number[] = [];
    const logInWith = async (...passwords: string[]): Promise<void> => {
      for (const password of passwords)
        statuses.push((await post(supertest(service.app), { ...admin, password })).status);
    };
    await logInWith('a', 'b', 'c', 'd', adminPassword, adminPassword, adminPassword);
    service.advance(15 * 60_000);
    await logInWith('a', 'b', 'c', 'd', adminPassword);

    expect(statuses).toEqual([401, 401, 401, 401, 201, 201, 201, 401, 401, 401, 401, 201]);
  });

  test('failures more than 15 minutes apart do not add up', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      statuses.push((await post(supertest(service.app), { ...admin, password: 'wrong' })).status);
      service.advance(4 * 60_000);
    }

    expect(statuses).toEqual(Array.from({ length: 8 }, () => 401));
  });
});

describe('the first administrator', () => {
  test('ten starts at once create one account', async () => {
    await database.connection.collection('accounts').deleteMany({});
    const instances = Array.from({ length: 10 }, () => createAccountsApp(database.connection));

    const results = await Promise.all(instances.map(({ accounts }) => accounts.bootstrapAdministrator()));

    expect(results.filter((result) => result !== null)).toEqual([
      { username: 'admin', oneTimePassword: adminPassword },
    ]);
    expect(await database.connection.collection('accounts').countDocuments()).toBe(1);
  });

  test('where there is an account none is created', async () => {
    expect(await service.accounts.bootstrapAdministrator()).toBeNull();
  });
});
