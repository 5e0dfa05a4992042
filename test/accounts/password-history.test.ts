import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type supertest from 'supertest';
import { guardFor } from '../../src/accounts/guard.ts';
import { isPasswordExpired } from '../../src/accounts/password-age.ts';
import { route } from '../../src/http/route.ts';
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
} from './accounts-app.ts';
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

const password = (n: number): string => `willow by the river ${'abcdefgh'[n]}`;

async function change(
  who: LoggedIn,
  currentPassword: string,
  newPassword: string,
): Promise<supertest.Response> {
  const response = await who.agent
    .post('/api/v1/accounts/current/password')
    .set({ 'x-csrf-token': who.csrfToken, 'accept-language': 'en' })
    .send({ currentPassword, newPassword });
  const { csrfToken } = bodyOf(response) as { csrfToken?: string };
  if (csrfToken !== undefined) Object.assign(who, { csrfToken });
  return response;
}

const reasonsOf = (response: supertest.Response): unknown =>
  (response.body as { errors?: readonly { code: string }[] }).errors?.map(({ code }) => code);

describe('the last five passwords', () => {
  test('are not used again; the one before them is', async () => {
    const who = await logIn(service.app);
    let current = adminPassword;
    for (const n of [1, 2, 3, 4]) {
      expect((await change(who, current, password(n))).status).toBe(200);
      current = password(n);
    }

    const again: unknown[] = [];
    for (const former of [adminPassword, password(1), password(2), password(3)]) {
      again.push(reasonsOf(await change(who, current, former)));
    }
    const present = await change(who, current, current);
    await change(who, current, password(5));
    const sixth = await change(who, password(5), adminPassword);

    expect(again).toEqual(Array.from({ length: 4 }, () => ['password_used_before']));
    expect(reasonsOf(present)).toEqual(['password_unchanged']);
    expect(sixth.status).toBe(200);
  });

  test('count those that an administrator’s reset has replaced', async () => {
    const who = await logIn(service.app);
    await change(who, adminPassword, password(1));
    const { oneTimePassword } = await service.accounts.resetPasswordOf('admin');

    const fresh = await logIn(service.app, { ...admin, password: oneTimePassword });
    const refused = await change(fresh, oneTimePassword, password(1));

    expect(reasonsOf(refused)).toEqual(['password_used_before']);
  });

  test('are kept as hashes, never more than four besides the present one, and shown to nobody', async () => {
    const who = await logIn(service.app);
    let current = adminPassword;
    for (const n of [0, 1, 2, 3, 4, 5, 6]) {
      await change(who, current, password(n));
      current = password(n);
    }

    const stored = await database.connection.collection('accounts').findOne({});
    const former = stored?.['formerPasswordHashes'] as readonly string[];
    const listed = await who.agent.get('/api/v1/accounts');

    expect(former).toHaveLength(4);
    expect(former.every((hash) => hash.startsWith('$argon2id$'))).toBe(true);
    expect(JSON.stringify(listed.body)).not.toContain('argon2');
  });

  test('are compared as typed on any keyboard', async () => {
    const who = await logIn(service.app);
    await change(who, adminPassword, password(1));

    const wide = await change(who, password(1), password(1).replace('willow', 'ｗｉｌｌｏｗ'));

    expect(reasonsOf(wide)).toEqual(['password_unchanged']);
  });
});

describe('somebody at another’s open screen', () => {
  test('who guesses the current password locks the account like one who guesses at the login', async () => {
    const who = await logIn(service.app);
    const statuses: number[] = [];
    for (let guess = 0; guess < 7; guess += 1) {
      statuses.push((await change(who, `guess ${guess}`, password(1))).status);
    }
    const runs = service.argonRuns();
    const right = await change(who, adminPassword, password(1));

    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
    expect([right.status, codeOf(right), service.argonRuns() - runs]).toEqual([429, 'too_many_logins', 0]);
  });
});

describe('a password that has become too old', () => {
  const work = route({
    method: 'get',
    path: '/api/v1/work',
    guard: guardFor('account.manage'),
    summary: 'Something only an administrator may do.',
    handle: (_input, response) => void response.json({ done: true }),
  });
  const daysMs = 24 * 3_600_000;

  test('must be changed first, says why, and is good again for as long', async () => {
    const strict = createAccountsApp(database.connection, { passwordMaxDays: 90, routes: [work] });
    strict.advance(90 * daysMs - 1);
    const before = await logIn(strict.app);
    const still = await before.agent.get('/api/v1/work');
    strict.advance(1);

    const refused = await before.agent.get('/api/v1/work');
    const home = await before.agent.get('/home');
    const page = await before.agent.get('/account/password?lang=en');
    const changed = await change(before, adminPassword, password(1));
    const after = await before.agent.get('/api/v1/work');

    expect([still.status, refused.status, codeOf(refused)]).toEqual([200, 403, 'password_change_required']);
    expect(home.get('Location')).toBe('/account/password');
    expect(page.text).toContain('Your password is older than the hospital allows.');
    expect([changed.status, after.status]).toEqual([200, 200]);
  });

  test('is judged by when it was last set, else by when the account was opened; null allows any age', () => {
    const createdAt = new Date('2026-01-01T00:00:00Z');
    const now = new Date('2026-04-01T00:00:00Z');
    const passwordChangedAt = new Date('2026-03-31T00:00:00Z');

    expect(isPasswordExpired({ createdAt }, 90, now)).toBe(true);
    expect(isPasswordExpired({ createdAt }, 91, now)).toBe(false);
    expect(isPasswordExpired({ createdAt, passwordChangedAt }, 90, now)).toBe(false);
    expect(isPasswordExpired({ createdAt }, null, now)).toBe(false);
  });
});
