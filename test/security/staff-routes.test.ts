import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Route } from '../../src/http/route.ts';
import { databaseContent } from '../support/database-content.ts';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';
import { addressOf, bodyFor, nameOf, newSession, sessionOf } from './walk.ts';
import type { Session } from './walk.ts';

/* Every route of the staff, walked: without a session, without a token, from another site, with a role that may not. */

const endsSession = ({ path }: Route): boolean => /logout|sessions\/current|current\/sessions/.test(path);

let service: TestService;
let admin: Session;
let nobody: Session;
let staff: readonly Route[];
let unsafe: readonly Route[];

beforeAll(async () => {
  service = await startTestService({
    clock: movingClock('2026-11-02T02:00:00Z'),
    smtpUrl: 'smtp://127.0.0.1:9',
  });
  staff = service.composition.routes.filter(({ guard }) => guard.name !== 'open');
  unsafe = staff.filter((route) => route.method !== 'get' && !endsSession(route));
  admin = await sessionOf(service.baseUrl, { username: 'admin', password: adminPassword });
  nobody = await newSession(service.baseUrl, admin, 'li', [{ role: 'nurse', departments: ['surgery'] }]);
});

afterAll(() => service.stop());

interface Asked {
  readonly status: number;
  readonly location: string;
  readonly text: string;
}

async function ask(
  route: Route,
  headers: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, string>> = {},
): Promise<Asked> {
  const { headers: type, ...init } = bodyFor(route, fields);
  const response = await fetch(`${service.baseUrl}${addressOf(route)}`, {
    method: route.method.toUpperCase(),
    redirect: 'manual',
    ...init,
    headers: { ...(type as Record<string, string>), ...headers },
  });
  const location = response.headers.get('location') ?? '';
  return { status: response.status, location, text: await response.text() };
}

/** The answers of a walk that are not as they must be. */
async function offences(
  routes: readonly Route[],
  one: (route: Route) => Promise<Asked>,
  allowed: (asked: Asked, route: Route) => boolean,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const route of routes) {
    const asked = await one(route);
    if (!allowed(asked, route)) found.push(`${nameOf(route)}: ${asked.status} ${asked.location}`);
  }
  return found;
}

/** What somebody who is logged in was refused stands in the audit trail. */
const besidesTrail = (): Promise<string> =>
  databaseContent(service.dbName, ['sessions', 'jobRuns', 'auditEvents']);
const content = (): Promise<string> => databaseContent(service.dbName, ['sessions', 'jobRuns']);

describe('without a session', () => {
  test('no route of the staff answers: the API says 401, a page leads to the login, and nothing changes', async () => {
    const before = await content();

    expect(
      await offences(
        staff,
        (route) => ask(route, {}),
        ({ status, location }, { path }) =>
          path.startsWith('/api/')
            ? status === 401
            : status === 303 && location.startsWith('/login?next=%2F'),
      ),
    ).toEqual([]);
    expect(await content()).toBe(before);
  });

  test.each([
    ['no session of ours', 'session=s%3Anone.forged'],
    ['nonsense', 'session=%00%ff; session=2'],
  ])('a cookie that is %s opens nothing', async (_what, cookie) => {
    expect(
      await offences(
        staff.filter(({ path }) => path.startsWith('/api/')),
        (route) => ask(route, { cookie, 'x-csrf-token': 'x' }),
        ({ status }) => status === 401,
      ),
    ).toEqual([]);
  });
});

const refused = ({ status, text }: Asked): boolean => status === 403 && !text.includes('oneTimePassword');

describe('without the token of the session', () => {
  const forgeries: readonly (readonly [
    string,
    (session: Session) => Record<string, string>,
    Record<string, string>,
  ])[] = [
    ['without any token', ({ cookie }) => ({ cookie }), {}],
    ['with an empty token', ({ cookie }) => ({ cookie, 'x-csrf-token': '' }), { _csrf: '' }],
    ['with a token of somebody else', ({ cookie }) => ({ cookie, 'x-csrf-token': nobody.csrfToken }), {}],
    [
      'with the right token from another site',
      ({ headers }) => ({ ...headers, 'sec-fetch-site': 'cross-site' }),
      {},
    ],
    [
      'with the right token from a neighbour of the site',
      ({ headers }) => ({ ...headers, 'sec-fetch-site': 'same-site' }),
      {},
    ],
    [
      'with the right token from another origin',
      ({ headers }) => ({ ...headers, origin: 'https://evil.example' }),
      {},
    ],
    ['with the right token from no origin', ({ headers }) => ({ ...headers, origin: 'null' }), {}],
  ];

  test.each(forgeries)('no unsafe route does anything %s', async (_what, headersOf, fields) => {
    const before = await besidesTrail();

    const found = await offences(unsafe, (route) => ask(route, headersOf(admin), fields), refused);

    expect(unsafe.length).toBeGreaterThan(30);
    expect(found).toEqual([]);
    expect(await besidesTrail()).toBe(before);
  });
});

describe('with a role that may not', () => {
  const own = /^session\.own$/;
  const may = /^follow-up-call\.work/;

  test('a nurse gets 403 or 404 from every route that is not hers, whatever she sends, and nothing changes', async () => {
    const closed = staff.filter(({ guard }) => !own.test(guard.name) && !may.test(guard.name));
    const before = await besidesTrail();

    const found = await offences(
      closed,
      (route) => ask(route, nobody.headers, { _csrf: nobody.csrfToken }),
      ({ status }) => status === 403 || status === 404,
    );

    expect(closed.length).toBeGreaterThan(50);
    expect(found).toEqual([]);
    expect(await besidesTrail()).toBe(before);
  });

  test.each([
    ['method', { 'x-http-method-override': 'GET', 'x-http-method': 'GET', 'x-method-override': 'GET' }],
    ['address', { 'x-original-url': '/home', 'x-rewrite-url': '/home', 'x-forwarded-prefix': '/home' }],
    [
      'address of the client',
      { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1' },
    ],
  ])('a header that claims another %s changes nothing', async (_what, claims) => {
    const closed = staff.filter(({ guard }) => guard.name === 'account.manage');

    expect(
      await offences(
        closed,
        (route) => ask(route, { ...nobody.headers, ...claims }, { _csrf: nobody.csrfToken, _method: 'GET' }),
        ({ status }) => status === 403,
      ),
    ).toEqual([]);
  });

  test.each([
    '/Admin/accounts',
    '/admin/accounts/',
    '/admin//accounts',
    '/admin/./accounts',
    '/%61dmin/accounts',
    '/admin%2Faccounts',
    '/s/../admin/accounts',
    '/static/..%2fadmin/accounts',
    '/admin/accounts%00',
    '/admin/accounts;.css',
    '/admin/accounts?x=/static/',
  ])('no other way of writing an address leads past the guard: %s', async (path) => {
    const response = await fetch(`${service.baseUrl}${path}`, {
      headers: nobody.headers,
      redirect: 'manual',
    });

    expect([400, 403, 404]).toContain(response.status);
    expect(await response.text()).not.toContain('admin</td>');
  });

  test('nobody gives themselves more than they have, by whatever fields they add', async () => {
    const password = {
      currentPassword: 'wrong',
      newPassword: 'a longer new password',
      roles: [{ role: 'admin', departments: 'all' }],
    };
    const before = await content();
    const headers = { ...nobody.headers, 'content-type': 'application/json' };
    const attempts: readonly (readonly [path: string, body: object])[] = [
      ['/api/v1/accounts/current/password', password],
      ['/api/v1/accounts', { username: 'x', displayName: 'x', roles: [] }],
    ];
    const sent = await Promise.all(
      attempts.map(([path, body]) =>
        fetch(`${service.baseUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
      ),
    );

    expect(sent.map(({ status }) => status).every((status) => status >= 400 && status < 500)).toBe(true);
    expect(await content()).toBe(before);
  });
});

describe('the host a client claims', () => {
  test('stands in no page, redirect or answer', async () => {
    const claims = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    const gets = service.composition.routes.filter((route) => route.method === 'get' && !endsSession(route));

    const found = await offences(
      gets,
      (route) => ask(route, { ...admin.headers, ...claims }),
      ({ location, text }) => !`${location} ${text}`.includes('evil.example'),
    );

    expect(found).toEqual([]);
  });
});
