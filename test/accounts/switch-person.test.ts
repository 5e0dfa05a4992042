import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import supertest from 'supertest';
import { mostRemembered, rememberedNames, withName } from '../../src/accounts/remembered-names.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { bodyOf, clearAccounts, createAccountsApp, logIn } from './accounts-app.ts';
import type { AccountsApp } from './accounts-app.ts';

let database: TestDatabase;
let service: AccountsApp;
const passwords = new Map<string, string>();

beforeAll(async () => {
  database = await openTestDatabase();
  service = createAccountsApp(database.connection);
  await database.buildIndexes();
});

beforeEach(async () => {
  await clearAccounts(database.connection);
  service = createAccountsApp(database.connection);
  await service.accounts.bootstrapAdministrator();
  const { agent, csrfToken } = await logIn(service.app);
  for (const [username, role] of [
    ['wang', 'nurse'],
    ['护士李', 'nurse'],
    ['yuan', 'director'],
  ]) {
    const departments = role === 'nurse' ? ['cardiology'] : 'all';
    const opened = await agent
      .post('/api/v1/accounts')
      .set('x-csrf-token', csrfToken)
      .send({ username, displayName: `${username}的名字`, roles: [{ role, departments }] })
      .expect(201);
    passwords.set(username ?? '', (opened.body as { oneTimePassword: string }).oneTimePassword);
  }
});

afterAll(() => database.drop());

type Computer = ReturnType<typeof supertest.agent>;

const enter = (computer: Computer, fields: object, username: string): supertest.Test =>
  computer
    .post('/login')
    .type('form')
    .send({ password: passwords.get(username), next: '/worklist', ...fields });

async function tokenOf(computer: Computer): Promise<string> {
  const current = await computer.get('/api/v1/sessions/current');
  return (bodyOf(current) as { csrfToken: string }).csrfToken;
}

async function leave(computer: Computer): Promise<supertest.Response> {
  return computer
    .post('/switch-person')
    .type('form')
    .send({ _csrf: await tokenOf(computer) });
}

describe('the next person at the same computer', () => {
  test('is one tap and a password away from the worklist', async () => {
    const computer = supertest.agent(service.app);
    await enter(computer, { username: 'wang', remember: 'yes' }, 'wang');
    const first = await leave(computer);
    await enter(computer, { username: '护士李', remember: 'yes' }, '护士李');
    await leave(computer);

    const login = await computer.get(first.get('Location') ?? '');
    const back = await enter(computer, { remembered: 'wang', username: '' }, 'wang');
    const current = await computer.get('/api/v1/sessions/current');

    expect(first.get('Location')).toBe('/login?next=%2Fworklist');
    expect([...login.text.matchAll(/name="remembered" value="([^"]*)"/g)].map(([, name]) => name)).toEqual([
      '护士李',
      'wang',
      '',
    ]);
    expect([back.status, back.get('Location')]).toEqual([303, '/worklist']);
    expect(current.body).toMatchObject({ principal: { username: 'wang' } });
  });

  test('sees nothing of the one before: the session is over and the log-out is audited', async () => {
    const computer = supertest.agent(service.app);
    await enter(computer, { username: 'wang' }, 'wang');
    await leave(computer);

    const page = await computer.get('/account');
    const login = await computer.get('/login?next=%2Fworklist');

    expect([page.status, page.get('Location')]).toEqual([303, '/login?next=%2Faccount']);
    expect(login.text).not.toContain('wang');
    expect(login.get('Cache-Control')).toBe('no-store');
    expect(service.events.at(-1)).toMatchObject({ action: 'session.logout', outcome: 'succeeded' });
  });

  test('goes to the own first page when the worklist is not for them', async () => {
    const computer = supertest.agent(service.app);

    const response = await enter(computer, { username: 'yuan' }, 'yuan');

    expect(response.get('Location')).toBe('/scorecards');
  });
});

describe('the names a computer shows', () => {
  test('are only those who wished it, until midnight of the hospital, out of the reach of scripts', async () => {
    const computer = supertest.agent(service.app);
    const silent = await enter(computer, { username: 'wang' }, 'wang');
    await leave(computer);
    const wished = await enter(computer, { username: '护士李', remember: 'yes' }, '护士李');

    const cookie = (wished.get('Set-Cookie') ?? []).find((one) => one.startsWith('names='));
    expect(silent.get('Set-Cookie')?.some((one) => one.startsWith('names='))).toBe(false);
    // 16 hours: the clock stands at 08:00 of 10 November in Shanghai.
    expect(cookie).toMatch(/; Max-Age=57600; Path=\/login; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    expect(decodeURIComponent(cookie ?? '')).not.toContain('wang');
  });

  test('are not kept for a login that fails', async () => {
    const computer = supertest.agent(service.app);

    const failed = await enter(computer, { username: 'admin', remember: 'yes' }, 'wang');

    expect(failed.status).toBe(401);
    expect(failed.get('Set-Cookie')).toBeUndefined();
  });

  test('go with one tap', async () => {
    const computer = supertest.agent(service.app);
    await enter(computer, { username: 'wang', remember: 'yes' }, 'wang');
    await leave(computer);

    await computer.post('/login/forget-names').type('form').send({}).expect(303);

    expect((await computer.get('/login')).text).not.toContain('wang');
  });

  test('a name that was chosen stays chosen when the password was wrong', async () => {
    const computer = supertest.agent(service.app);
    await enter(computer, { username: 'wang', remember: 'yes' }, 'wang');
    await leave(computer);

    const failed = await enter(computer, { remembered: 'wang', password: 'not this one' }, 'wang');

    expect(failed.text).toMatch(/name="remembered" value="wang" checked/);
  });

  test('whatever the cookie holds, only names come out of it, and never too many', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (cookie) => {
        const names = rememberedNames(cookie);
        expect(names.length).toBeLessThanOrEqual(mostRemembered);
        expect(names.every((name) => /^[\p{L}\p{N}._-]{2,64}$/u.test(name))).toBe(true);
      }),
    );
    expect(rememberedNames('<script>~wang~%')).toEqual([]);
    expect(rememberedNames(encodeURIComponent('<script>~wang~wang'))).toEqual(['wang']);
  });

  test('the latest stands first, each once, at most six', () => {
    const cookie = ['a1', 'b1', 'c1', 'd1', 'e1', 'f1', 'g1', 'c1'].reduce(
      (value, name) => withName(rememberedNames(encodeURIComponent(value)), name),
      '',
    );

    expect(cookie.split('~')).toEqual(['c1', 'g1', 'f1', 'e1', 'd1', 'b1']);
  });
});
