import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import * as world from '../accounts/second-factor.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';
import {
  admin,
  adminPassword,
  bodyOf,
  clearAccounts,
  codeOf,
  createAccountsApp,
  logIn,
  post,
} from '../accounts/accounts-app.ts';
import type { AccountsApp, LoggedIn } from '../accounts/accounts-app.ts';

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

const codeNow = (secret: string, app = service): string => world.codeNow(secret, app);
const setUp = (who: LoggedIn, app = service): Promise<world.Phone> => world.setUp(who, app);
const { send } = world;

const actions = (): readonly string[] => service.events.map(({ action, outcome }) => `${action} ${outcome}`);

describe('setting it up', () => {
  test('needs a code of the app before it counts: a secret that was only shown changes nothing', async () => {
    const who = await logIn(service.app);
    const begun = await send(who, 'post', '/api/v1/two-factor/set-up');
    const { secret } = bodyOf(begun) as { secret: string };

    const wrong = await send(who, 'put', '/api/v1/two-factor', { password: adminPassword, code: '000000' });
    const still = await post(supertest(service.app), admin);
    const confirm = { password: adminPassword, code: codeNow(secret) };
    const right = await send(who, 'put', '/api/v1/two-factor', confirm);
    const after = await post(supertest(service.app), admin);

    expect([wrong.status, still.status, right.status, after.status]).toEqual([422, 201, 200, 202]);
    expect((bodyOf(wrong) as { errors: object[] }).errors).toMatchObject([
      { pointer: '/code', code: 'code_wrong' },
    ]);
    expect(actions()).toContain('two-factor.on succeeded');
  });

  test('needs the password: nobody sets it up at another’s open screen, and guesses lock', async () => {
    const who = await logIn(service.app);
    const begun = await send(who, 'post', '/api/v1/two-factor/set-up');
    const { secret } = bodyOf(begun) as { secret: string };
    const statuses: number[] = [];
    for (let guess = 0; guess < 6; guess += 1) {
      const body = { password: `guess ${guess}`, code: codeNow(secret) };
      statuses.push((await send(who, 'put', '/api/v1/two-factor', body)).status);
    }

    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
    expect((await post(supertest(service.app), admin)).status).toBe(429);
  });

  test('ends every other session and goes on under a new id', async () => {
    const there = await logIn(service.app);
    const here = await logIn(service.app);
    const before = await database.connection.collection('sessions').countDocuments();

    const { who } = await setUp(here);

    expect(before).toBe(2);
    expect(await database.connection.collection('sessions').countDocuments()).toBe(1);
    expect((await there.agent.get('/api/v1/two-factor')).status).toBe(401);
    expect((await who.agent.get('/api/v1/two-factor')).body).toMatchObject({
      on: true,
      recoveryCodesLeft: 10,
    });
  });

  test('stores neither secret nor recovery codes in the clear, and shows them never again', async () => {
    const { secret, recoveryCodes, who } = await setUp(await logIn(service.app));

    const stored = JSON.stringify(await database.connection.collection('twoFactors').find({}).toArray());
    const shown =
      (await who.agent.get('/api/v1/two-factor')).text + (await who.agent.get('/account/two-factor')).text;
    const heard = JSON.stringify(service.events);

    expect(recoveryCodes).toHaveLength(10);
    for (const hidden of [
      secret,
      ...recoveryCodes,
      ...recoveryCodes.map((code) => code.replaceAll('-', '')),
    ]) {
      expect(stored + heard).not.toContain(hidden);
      expect(shown.replaceAll(' ', '')).not.toContain(hidden);
    }
  });

  test('its secret takes part in the rotation of keys, where a text that was changed meanwhile stays', async () => {
    await setUp(await logIn(service.app));
    const found = await Promise.all(service.accounts.sealed.map((records) => records.list('', 10)));
    const foreign = { path: 'secret', before: 'changed meanwhile', after: 'x' };
    const before = await database.connection.collection('twoFactors').find({}).toArray();

    const replaced = await Promise.all(
      service.accounts.sealed.map((records) => records.reseal('admin', [foreign])),
    );

    const sealed = { path: 'secret', place: 'two-factor/admin' };
    expect(found).toMatchObject([[{ id: 'admin', fields: [sealed] }]]);
    expect(replaced).toEqual([0]);
    expect(await database.connection.collection('twoFactors').find({}).toArray()).toEqual(before);
  });

  test('a set-up that took longer than half an hour begins anew', async () => {
    const who = await logIn(service.app);
    const begun = await send(who, 'post', '/api/v1/two-factor/set-up');
    const { secret } = bodyOf(begun) as { secret: string };
    service.advance(30 * 60_000);

    const late = await send(who, 'put', '/api/v1/two-factor', {
      password: adminPassword,
      code: codeNow(secret),
    });

    expect([late.status, codeOf(late)]).toEqual([409, 'two_factor_not_begun']);
  });
});
