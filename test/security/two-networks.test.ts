import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sideOf } from '../../src/http/route.ts';
import type { Route, Side } from '../../src/http/route.ts';
import { capturingLogger } from '../http/support.ts';
import { httpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';
import { addressOf, bodyFor, nameOf } from './walk.ts';

/* Patients on the outer network, staff on the inner: each listener answers only its own, as if nothing else existed. */

const { log, lines } = capturingLogger();
let service: TestService;
let smtp: Awaited<ReturnType<typeof startSmtpServer>>;

beforeAll(async () => {
  smtp = await startSmtpServer();
  service = await startTestService({
    clock: movingClock('2026-11-02T02:00:00Z'),
    smtpUrl: smtp.url,
    log,
    env: {
      STAFF_PORT: '0',
      STAFF_HOST: '127.0.0.1',
      STAFF_BASE_URL: 'http://10.1.2.3',
      PUBLIC_BASE_URL: 'https://manyi.hospital.example',
      TRUST_PROXY: '1',
    },
  });
});

afterAll(async () => {
  await service.stop();
  await smtp.stop();
});

const of = (...sides: readonly Side[]): readonly Route[] =>
  service.composition.routes.filter((route) => sides.includes(sideOf(route)));

async function ask(base: string, route: Route): Promise<string> {
  const response = await fetch(`${base}${addressOf(route)}`, {
    method: route.method.toUpperCase(),
    redirect: 'manual',
    ...bodyFor(route),
  });
  await response.arrayBuffer();
  return `${response.status} ${response.headers.get('location') ?? ''}`;
}

/** What each route answers that should not be there, beside what an address answers that nobody ever mounted. */
async function foreign(base: string, routes: readonly Route[]): Promise<readonly string[]> {
  const found = await Promise.all(
    routes.map(async (route) => ((await ask(base, route)) === '404 ' ? [] : [nameOf(route)])),
  );
  return found.flat();
}

describe('the patients’ listener', () => {
  test('has no route of the staff, not even the login', async () => {
    expect(await foreign(service.baseUrl, of('staff'))).toEqual([]);
  });

  test('answers every route of its own', async () => {
    const own = of('patients', 'both');
    const answers = await Promise.all(own.map((route) => ask(service.baseUrl, route)));

    expect(answers.filter((answer) => answer.startsWith('404'))).toEqual([]);
  });

  test('knows nobody, whatever session comes: what staff enter is refused there', async () => {
    const logIn = await fetch(`${service.staffUrl}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: adminPassword }),
    });
    const cookie = logIn.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const { csrfToken } = (await logIn.json()) as { csrfToken: string };

    expect(cookie).toMatch(/^session=/);
    const inside = await fetch(`${service.staffUrl}/home`, { headers: { cookie }, redirect: 'manual' });
    const outside = await fetch(`${service.baseUrl}/`, { headers: { cookie } });
    const entered = await fetch(`${service.baseUrl}/api/v1/survey-responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, 'x-csrf-token': csrfToken },
      body: JSON.stringify({
        submissionId: '7d9f5a3c-8f50-4c3c-9a39-0f2b8f6f2a11',
        formId: 'outpatient',
        formVersion: 1,
        departmentCode: 'surgery',
        mode: 'paper',
        answers: {},
      }),
    });

    expect(inside.status).toBe(200);
    expect(outside.headers.getSetCookie()).toEqual([]);
    expect(await outside.text()).not.toMatch(/logout|\/login/);
    expect(entered.status).toBe(403);
  });
});

test('a key of a machine client works on the staff’s listener and on no other', async () => {
  const admin = httpClient(service.staffUrl);
  await admin.logIn('admin', adminPassword);
  const made = await admin.post('/api/v1/api-keys', { name: 'HIS', scopes: ['departments:read'] });
  const { token } = made.json() as { token: string };
  const headers = { authorization: `Bearer ${token}` };

  const [inside, outside] = await Promise.all(
    [service.staffUrl, service.baseUrl].map((base) => fetch(`${base}/api/v1/departments`, { headers })),
  );

  expect([inside?.status, outside?.status]).toEqual([200, 401]);
});

describe('the staff’s listener', () => {
  test('has no page of patients; its root leads to the staff’s own home', async () => {
    const pages = of('patients').filter(({ path }) => path !== '/');

    expect(await foreign(service.staffUrl, pages)).toEqual([]);
    const root = of('patients').find(({ path }) => path === '/');
    expect(root && (await ask(service.staffUrl, root))).toBe('303 /home');
  });

  test('answers every route of its own: whoever is not logged in is told so', async () => {
    const own = of('staff').filter(({ guard }) => guard.name !== 'open');
    const answers = await Promise.all(
      own.map(async (route) => `${nameOf(route)}: ${(await ask(service.staffUrl, route)).slice(0, 3)}`),
    );

    expect(answers.filter((answer) => !/: (401|303)$/.test(answer))).toEqual([]);
  });
});

test('the outer listener’s proxy is none of the staff’s: nobody there gives an address by a header', async () => {
  const attempt = await fetch(`${service.staffUrl}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' },
    body: JSON.stringify({ username: 'admin', password: 'a wrong password' }),
  });

  expect(attempt.status).toBe(401);
  const events = (await service.stored('auditEvents')) as { address?: string }[];
  const addresses = events.map(({ address }) => address);
  expect(addresses).toContain('127.0.0.1');
  expect(addresses).not.toContain('203.0.113.9');
});

test('both answer the health of the service and the built files', async () => {
  for (const base of [service.baseUrl, service.staffUrl]) {
    const page = await (await fetch(`${base}${base === service.baseUrl ? '/' : '/login'}`)).text();
    const [, style = ''] = /href="(\/static\/[^"]+\.css)"/.exec(page) ?? [];
    const statuses = await Promise.all(
      ['/healthz', '/readyz', style].map(async (path) => (await fetch(`${base}${path}`)).status),
    );

    expect(statuses).toEqual([200, 200, 200]);
  }
});

test('an address that is an IP address or plain HTTP is warned of at start, and only that', () => {
  const warnings = lines
    .filter(({ level, message }) => level === 'warn' && message.includes('address'))
    .map(({ fields }) => fields);

  expect(warnings).toEqual([{ key: 'http.staffBaseUrl', faults: ['ip-address', 'plain-http'] }]);
});

test('only the side that is reached by https asks for https', async () => {
  const [outer, inner] = await Promise.all(
    [service.baseUrl, service.staffUrl].map((base) => fetch(`${base}/healthz`)),
  );

  expect(outer?.headers.get('strict-transport-security')).toBe('max-age=31536000');
  expect(inner?.headers.get('strict-transport-security')).toBeNull();
});
