import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { bodyOf, codeOf, createAccountsApp, logIn, post } from './accounts-app.ts';
import type { AccountsApp } from './accounts-app.ts';

let database: TestDatabase;
let service: AccountsApp;
let nurse: { id: string; username: string; password: string };

beforeAll(async () => {
  database = await openTestDatabase();
  createAccountsApp(database.connection);
  await database.buildIndexes();
});

beforeEach(async () => {
  for (const name of ['accounts', 'loginAttempts', 'sessions'])
    await database.connection.collection(name).deleteMany({});
  service = createAccountsApp(database.connection, { forcePasswordChange: true });
  await service.accounts.bootstrapAdministrator();
  service = createAccountsApp(database.connection);
  const { agent, csrfToken } = await logIn(service.app);
  const created = await agent
    .post('/api/v1/accounts')
    .set('x-csrf-token', csrfToken)
    .send({ username: 'li', displayName: '李', roles: [{ role: 'office', departments: 'all' }] })
    .expect(201);
  const { account, oneTimePassword } = created.body as { account: { id: string }; oneTimePassword: string };
  nurse = { id: account.id, username: 'li', password: oneTimePassword };
});

afterAll(() => database.drop());

const reset = async (id: string): Promise<supertest.Response> => {
  const { agent, csrfToken } = await logIn(service.app);
  return agent.post(`/api/v1/accounts/${id}/reset-password`).set('x-csrf-token', csrfToken).send();
};
const statusOf = async (password: string): Promise<number> =>
  (await post(supertest(service.app), { username: 'li', password })).status;

describe('resetting a password', () => {
  test('gives one that logs in and must be changed; the old one and every session of it are over', async () => {
    const before = await logIn(service.app, { username: 'li', password: nurse.password });

    const { oneTimePassword } = (await reset(nurse.id)).body as { oneTimePassword: string };

    expect((await before.agent.get('/api/v1/sessions/current')).status).toBe(401);
    expect(await statusOf(nurse.password)).toBe(401);
    expect(await statusOf(oneTimePassword)).toBe(201);
    const stored = await database.connection.collection('accounts').findOne({ username: 'li' });
    expect(stored).toMatchObject({ mustChangePassword: true, credentialVersion: 2 });
    expect(service.events).toContainEqual(
      expect.objectContaining({
        action: 'account.reset-password',
        subject: `account/${nurse.id}`,
        outcome: 'succeeded',
      }),
    );
  });

  test('lifts the lock that wrong passwords have brought', async () => {
    for (let i = 0; i < 5; i += 1) await statusOf('a wrong password');
    expect(await statusOf(nurse.password)).toBe(429);

    const { oneTimePassword } = (await reset(nurse.id)).body as { oneTimePassword: string };

    expect(await statusOf(oneTimePassword)).toBe(201);
  });

  test.each([
    ['one’s own account', 'admin', 409, 'own_password'],
    ['an account that is none', 'nobody', 404, 'account_not_found'],
  ])('is refused for %s', async (_what, id, status, code) => {
    const response = await reset(id);

    expect([response.status, codeOf(response)]).toEqual([status, code]);
  });

  test('is refused for a disabled account, which stays disabled', async () => {
    await database.connection
      .collection('accounts')
      .updateOne({ username: 'li' }, { $set: { active: false } });

    const response = await reset(nurse.id);

    expect([response.status, codeOf(response)]).toEqual([409, 'account_disabled']);
    expect(bodyOf(response)).not.toHaveProperty('oneTimePassword');
  });

  test('by the page shows the new password once, with the name of the account', async () => {
    const { agent, csrfToken } = await logIn(service.app);

    const page = await agent
      .post(`/admin/accounts/${nurse.id}/reset-password?lang=en`)
      .type('form')
      .send({ _csrf: csrfToken })
      .expect(200);

    const secret = /<p class="secret">([^<]+)<\/p>/.exec(page.text)?.[1] ?? '';
    expect(page.text).toContain('The password of li has been reset');
    expect(await statusOf(secret)).toBe(201);
    expect((await agent.get('/admin/accounts')).text).not.toContain('class="secret"');
  });
});
