import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import * as world from '../accounts/second-factor.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';
import {
  admin,
  bodyOf,
  clearAccounts,
  codeOf,
  cookieOf,
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
const firstStep = (app = service): Promise<string> => world.firstStep(app);
const secondStep = (body: object, app = service): supertest.Test => world.secondStep(body, app);

const actions = (): readonly string[] => service.events.map(({ action, outcome }) => `${action} ${outcome}`);

describe('logging in with it', () => {
  test('gives no session for the password alone', async () => {
    await setUp(await logIn(service.app));

    const first = await post(supertest(service.app), admin);

    expect([first.status, cookieOf(first), Object.keys(bodyOf(first))]).toEqual([202, '', ['pendingLogin']]);
  });

  test('takes password and code, on whichever instance, and is audited as one login', async () => {
    const { secret } = await setUp(await logIn(service.app));
    const elsewhere = createAccountsApp(database.connection);
    elsewhere.advance(30_000);
    const pendingLogin = await firstStep();

    const done = await secondStep({ pendingLogin, code: codeNow(secret) }, elsewhere);

    expect(done.status).toBe(201);
    expect(bodyOf(done)).toMatchObject({ principal: { username: 'admin' } });
    expect(cookieOf(done)).toMatch(/^session=/);
    expect(actions().at(-1)).toBe('session.login.password succeeded');
    expect(elsewhere.events.at(-1)).toMatchObject({ action: 'session.login', outcome: 'succeeded' });
  });

  test('a code that was used is not taken again, nor one of before it, not even after the clock was set back', async () => {
    const { secret } = await setUp(await logIn(service.app));
    const earlier = codeNow(secret);
    service.advance(30_000);
    const used = codeNow(secret);
    const first = await secondStep({ pendingLogin: await firstStep(), code: used });

    const again = await secondStep({ pendingLogin: await firstStep(), code: used });
    const before = await secondStep({ pendingLogin: await firstStep(), code: earlier });
    service.advance(-60_000);
    const setBack = await secondStep({ pendingLogin: await firstStep(), code: earlier });
    service.advance(90_000);
    const next = await secondStep({ pendingLogin: await firstStep(), code: codeNow(secret) });

    expect([first, again, before, setBack, next].map(({ status }) => status)).toEqual([
      201, 401, 401, 401, 201,
    ]);
    expect(codeOf(again)).toBe('code_wrong');
  });

  test('of several requests at once with one code one gets in', async () => {
    const { secret } = await setUp(await logIn(service.app));
    const pendings: string[] = [];
    for (let n = 0; n < 4; n += 1) pendings.push(await firstStep());
    const code = codeNow(secret);

    const answers = await Promise.all(pendings.map((pendingLogin) => secondStep({ pendingLogin, code })));

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  test('five wrong codes lock the account like wrong passwords, for password and code alike', async () => {
    const { secret } = await setUp(await logIn(service.app));
    const pendingLogin = await firstStep();
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      statuses.push((await secondStep({ pendingLogin, code: `00000${n}` })).status);
    }
    const right = await secondStep({ pendingLogin, code: codeNow(secret) });
    const password = await post(supertest(service.app), admin);
    service.advance(15 * 60_000);
    const later = await secondStep({ pendingLogin: await firstStep(), code: codeNow(secret) });

    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect([right.status, password.status, later.status]).toEqual([429, 429, 201]);
  });

  test('right passwords in between do not forgive wrong codes', async () => {
    await setUp(await logIn(service.app));
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      statuses.push((await secondStep({ pendingLogin: await firstStep(), code: `00000${n}` })).status);
    }

    expect(statuses).toEqual([401, 401, 401, 401, 401]);
    expect((await post(supertest(service.app), admin)).status).toBe(429);
  });

  test('parallel guesses of codes are counted too', async () => {
    await setUp(await logIn(service.app));
    const pendingLogin = await firstStep();

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => secondStep({ pendingLogin, code: String(100_000 + n) })),
    );

    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(5);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(0);
  });

  test('half a login is worth nothing after five minutes, nor after the password was changed or the account disabled', async () => {
    const { secret } = await setUp(await logIn(service.app));
    const old = await firstStep();
    service.advance(5 * 60_000);
    const late = await secondStep({ pendingLogin: old, code: codeNow(secret) });
    const open = await firstStep();
    await service.accounts.resetPasswordOf('admin');
    const changed = await secondStep({ pendingLogin: open, code: codeNow(secret) });

    expect([late, changed].map((one) => [one.status, codeOf(one)])).toEqual([
      [401, 'login_step_expired'],
      [401, 'login_step_expired'],
    ]);
  });

  test('by pages: the code is asked for on the next page, and leads to where the person wanted to go', async () => {
    const { secret } = await setUp(await logIn(service.app));
    const computer = supertest.agent(service.app);

    const asked = await computer
      .post('/login?lang=en')
      .type('form')
      .send({ ...admin, next: '/admin/accounts', remember: 'yes' });
    const pendingLogin = /name="pendingLogin" value="([^"]+)"/.exec(asked.text)?.[1] ?? '';
    const fields = { pendingLogin, next: '/admin/accounts', remember: 'yes' };
    const wrong = await computer
      .post('/login/code?lang=en')
      .type('form')
      .send({ ...fields, code: '000000' });
    const code = codeNow(secret).replace(/^(...)/, '$1 ');
    const done = await computer
      .post('/login/code')
      .type('form')
      .send({ ...fields, code });

    expect([asked.status, cookieOf(asked), wrong.status]).toEqual([200, '', 401]);
    expect(wrong.text).toContain('The code is not correct or has been used.');
    expect(wrong.text).toContain(`value="${pendingLogin}"`);
    expect([done.status, done.get('Location')]).toEqual([303, '/admin/accounts']);
    expect(cookieOf(done)).toMatch(/^names=admin;/m);
  });
});
