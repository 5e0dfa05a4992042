import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { guardFor } from '../../src/accounts/guard.ts';
import { route } from '../../src/http/route.ts';
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
const firstStep = (app = service): Promise<string> => world.firstStep(app);
const secondStep = (body: object, app = service): supertest.Test => world.secondStep(body, app);
const { send } = world;

const actions = (): readonly string[] => service.events.map(({ action, outcome }) => `${action} ${outcome}`);

describe('recovery codes', () => {
  test('log in once each, in place of a code, and it is audited', async () => {
    const { recoveryCodes, who } = await setUp(await logIn(service.app));
    const [recoveryCode = ''] = recoveryCodes;

    const first = await secondStep({
      pendingLogin: await firstStep(),
      recoveryCode: ` ${recoveryCode.toUpperCase()}`,
    });
    const again = await secondStep({ pendingLogin: await firstStep(), recoveryCode });

    expect([first.status, again.status]).toEqual([201, 401]);
    expect(actions()).toContain('two-factor.recovery-code succeeded');
    expect((await who.agent.get('/api/v1/two-factor')).body).toMatchObject({ recoveryCodesLeft: 9 });
  });

  test('of several requests at once with one recovery code one gets in', async () => {
    const { recoveryCodes } = await setUp(await logIn(service.app));
    const pendingLogin = await firstStep();

    const answers = await Promise.all(
      Array.from({ length: 4 }, () => secondStep({ pendingLogin, recoveryCode: recoveryCodes[0] })),
    );

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  test('new ones end the former', async () => {
    const { secret, recoveryCodes, who } = await setUp(await logIn(service.app));
    const body = { password: adminPassword, code: codeNow(secret) };

    const renewed = await send(who, 'post', '/api/v1/two-factor/recovery-codes', body).expect(201);

    const { recoveryCodes: fresh } = bodyOf(renewed) as { recoveryCodes: readonly string[] };
    const old = await secondStep({ pendingLogin: await firstStep(), recoveryCode: recoveryCodes[0] });
    const now = await secondStep({ pendingLogin: await firstStep(), recoveryCode: fresh[0] });
    expect([fresh.length, old.status, now.status]).toEqual([10, 401, 201]);
  });
});

describe('turning it off', () => {
  test('needs password and code; then the password alone logs in', async () => {
    const { secret, who } = await setUp(await logIn(service.app));
    const off = (body: object): supertest.Test => send(who, 'post', '/api/v1/two-factor/turn-off', body);

    const withoutCode = await off({ password: adminPassword, code: '000000' });
    const withoutPassword = await off({ password: 'not this one', code: codeNow(secret) });
    const done = await off({ password: adminPassword, code: codeNow(secret) });
    const login = await post(supertest(service.app), admin);

    expect([withoutCode, withoutPassword, done, login].map(({ status }) => status)).toEqual([
      422, 422, 204, 201,
    ]);
    expect(actions()).toContain('two-factor.off succeeded');
  });

  test('by an administrator, for somebody who has lost the phone: audited, sessions end, never one’s own', async () => {
    const office = await logIn(service.app);
    const opened = await send(office, 'post', '/api/v1/accounts', {
      username: 'li',
      displayName: '李护士',
      roles: [{ role: 'director', departments: 'all' }],
    });
    const { account, oneTimePassword } = bodyOf(opened) as {
      account: { id: string };
      oneTimePassword: string;
    };
    const li = await logIn(service.app, { username: 'li', password: oneTimePassword });
    const begun = await send(li, 'post', '/api/v1/two-factor/set-up');
    const { secret } = bodyOf(begun) as { secret: string };
    await send(li, 'put', '/api/v1/two-factor', { password: oneTimePassword, code: codeNow(secret) }).expect(
      200,
    );

    const reset = await send(office, 'post', `/api/v1/accounts/${account.id}/reset-two-factor`);
    const own = await send(office, 'post', '/api/v1/accounts/admin/reset-two-factor');

    expect([reset.status, own.status, codeOf(own)]).toEqual([204, 409, 'own_two_factor']);
    expect((await li.agent.get('/api/v1/two-factor')).status).toBe(401);
    await logIn(service.app, { username: 'li', password: oneTimePassword });
    expect(service.events).toContainEqual(
      expect.objectContaining({
        actor: 'admin',
        action: 'two-factor.reset',
        subject: `account/${account.id}`,
      }),
    );
  });

  test('at the server, with the password: whoever has lost everything gets in again', async () => {
    await setUp(await logIn(service.app));

    const { oneTimePassword } = await service.accounts.resetPasswordOf('admin');

    expect((await post(supertest(service.app), { ...admin, password: oneTimePassword })).status).toBe(201);
  });
});

describe('a role that must have it', () => {
  const work = route({
    method: 'get',
    path: '/api/v1/work',
    guard: guardFor('account.manage'),
    summary: 'Something only an administrator may do.',
    handle: (_input, response) => void response.json({ done: true }),
  });
  const page = route({ ...work, path: '/work' });
  const strictApp = (requireTwoFactor: readonly ('admin' | 'nurse')[]): AccountsApp =>
    createAccountsApp(database.connection, { requireTwoFactor, routes: [work, page] });

  test('leads to the set-up and does nothing else before', async () => {
    const strict = strictApp(['admin']);
    const who = await logIn(strict.app);

    const api = await who.agent.get('/api/v1/work');
    const pages = await Promise.all(['/work', '/home'].map((path) => who.agent.get(path)));
    const setUpPage = await who.agent.get('/account/two-factor?lang=en');
    await setUp(who, strict);
    const after = await who.agent.get('/api/v1/work');

    expect([api.status, codeOf(api)]).toEqual([403, 'two_factor_required']);
    expect(pages.map((one) => one.get('Location'))).toEqual(['/account/two-factor', '/account/two-factor']);
    expect(setUpPage.text).toContain('Your role must have two-factor login.');
    expect(setUpPage.text).not.toContain('href="/admin/accounts"');
    expect(after.status).toBe(200);
  });

  test('cannot turn it off', async () => {
    const strict = strictApp(['admin']);
    const { secret, who } = await setUp(await logIn(strict.app), strict);

    const body = { password: adminPassword, code: codeNow(secret, strict) };
    const off = await send(who, 'post', '/api/v1/two-factor/turn-off', body);

    expect([off.status, codeOf(off)]).toEqual([409, 'two_factor_demanded']);
  });

  test('is only the one that is named', async () => {
    const { agent } = await logIn(strictApp(['nurse']).app);

    expect((await agent.get('/api/v1/work')).status).toBe(200);
  });
});
