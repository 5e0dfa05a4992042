import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { scopes, scopesOfAction } from '../../src/api-keys/scope.ts';
import type { Route } from '../../src/http/route.ts';
import { httpClient } from '../support/http-client.ts';
import type { HttpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';
import { addressOf, nameOf } from './walk.ts';

/* One key on every route of the whole service: what its scopes are for, and nothing else. */

let service: TestService;
let second: TestService;
let admin: HttpClient;

beforeAll(async () => {
  const clock = movingClock('2026-11-02T02:00:00Z');
  service = await startTestService({ clock, smtpUrl: 'smtp://127.0.0.1:9' });
  second = await startTestService({ clock, smtpUrl: 'smtp://127.0.0.1:9', dbName: service.dbName });
  admin = httpClient(service.baseUrl);
  await admin.logIn('admin', adminPassword);
});

afterAll(async () => {
  await second.stop();
  await service.stop();
});

interface Made {
  readonly key: { readonly id: string };
  readonly token: string;
}

async function make(held: readonly string[]): Promise<Made> {
  const answer = await admin.post('/api/v1/api-keys', { name: 'HIS', scopes: held });
  expect(answer.status).toBe(201);
  return answer.json() as Made;
}

const actionOf = ({ guard }: Route): string => guard.name.split(':')[0] ?? '';

async function send(
  token: string,
  { method, path, body }: { readonly method: string; readonly path: string; readonly body?: unknown },
  baseUrl = service.baseUrl,
): Promise<Response> {
  return fetch(`${baseUrl}${path}`, {
    method: method.toUpperCase(),
    redirect: 'manual',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** What a guard answers to a key: a page leads to the login, a line of the API is forbidden. */
const isTurnedAway = (route: Route, status: number): boolean =>
  route.path.startsWith('/api/') ? status === 403 : status === 303;

/** The guarded routes that a key gets past the guard of. */
async function reached(token: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const route of service.composition.routes.filter(({ guard }) => guard.name !== 'open')) {
    const { status } = await send(token, { method: route.method, path: addressOf(route) });
    if (!isTurnedAway(route, status)) found.push(nameOf(route));
  }
  return found.toSorted();
}

const discharge = {
  admissionNo: 'ZY1',
  departmentCode: 'surgery',
  dischargedOn: '2026-10-28',
  patientName: '李秀兰',
  phone: '13800138000',
};

describe('a key of the hospital’s information system', () => {
  test('with discharges:write registers discharges and does nothing else, on any route', async () => {
    const { token } = await make(['discharges:write']);

    expect(await reached(token)).toEqual([
      'get /api/v1/discharges/imports/template.csv',
      'post /api/v1/discharges',
      'post /api/v1/discharges/imports',
      'put /api/v1/discharges',
    ]);
  });

  test.each(scopes)(
    'with %s gets past exactly the guards of the API that this scope is for',
    async (scope) => {
      const { token } = await make([scope]);
      const meant = service.composition.routes
        .filter(({ path }) => path.startsWith('/api/'))
        .filter((route) => scopesOfAction(actionOf(route)).includes(scope))
        .map(nameOf);

      expect(await reached(token)).toEqual(meant.toSorted());
    },
  );

  test('with every scope opens no page, no session, no account and no key', async () => {
    const { token } = await make(scopes);

    const found = await reached(token);

    expect(found.filter((name) => !name.includes(' /api/v1/'))).toEqual([]);
    expect(found.filter((name) => /sessions|accounts|api-keys|audit/.test(name))).toEqual([]);
  });

  test('puts one discharge: made, the same, corrected; attributed to the key', async () => {
    const { key, token } = await make(['discharges:write']);
    const put = async (changes: object) => {
      const path = '/api/v1/discharges';
      const answer = await send(token, { method: 'put', path, body: { ...discharge, ...changes } });
      const { result } = (await answer.json()) as { result: string };
      return `${answer.status} ${result}`;
    };

    expect([await put({}), await put({}), await put({ phone: '13800138001' })]).toEqual([
      '201 created',
      '200 unchanged',
      '200 updated',
    ]);
    const events = await service.stored('auditEvents', {
      action: 'discharge.register',
      actor: `api-key/${key.id}`,
    });
    expect(events).toHaveLength(3);
  });

  test('enters what was said on paper only with survey-responses:write', async () => {
    const form = (await httpClient(service.baseUrl).get('/api/v1/survey-forms/outpatient')).json() as {
      id: string;
      version: number;
      items: { code: string; required: boolean; options?: { code: string }[] }[];
    };
    const body = {
      submissionId: '0192f0c0-0000-4000-8000-000000000001',
      formId: form.id,
      formVersion: form.version,
      departmentCode: 'surgery',
      mode: 'paper',
      answeredOn: '2026-11-01',
      answers: Object.fromEntries(
        form.items.flatMap(({ code, options = [] }) => (options[0] ? [[code, options[0].code]] : [])),
      ),
    };
    const paper = { method: 'post', path: '/api/v1/survey-responses', body };
    const [other, right] = [await make(['discharges:write']), await make(['survey-responses:write'])];

    expect((await send(other.token, paper)).status).toBe(403);
    expect((await send(right.token, paper)).status).toBe(201);
    const entered = { actor: `api-key/${right.key.id}`, subject: `survey-response/${body.submissionId}` };
    expect(await service.stored('auditEvents', { action: 'survey-response.enter' })).toMatchObject([
      { ...entered, outcome: 'attempted' },
      { ...entered, outcome: 'succeeded' },
    ]);
  });

  test('begins no session and is ended by revoking on every instance at once', async () => {
    const { key, token } = await make(['scorecards:read']);
    const sessions = (await service.stored('sessions')).length;
    const ask = (baseUrl: string) =>
      send(token, { method: 'get', path: '/api/v1/scorecards/2026-09' }, baseUrl);

    const [first, other] = [await ask(service.baseUrl), await ask(second.baseUrl)];
    await admin.delete(`/api/v1/api-keys/${key.id}`);
    const [late, lateOther] = [await ask(service.baseUrl), await ask(second.baseUrl)];

    expect([first.status, other.status].every((status) => status === 200 || status === 404)).toBe(true);
    expect([late.status, lateOther.status]).toEqual([401, 401]);
    expect(first.headers.getSetCookie()).toEqual([]);
    expect(await service.stored('sessions')).toHaveLength(sessions);
  });

  test('stands in the published document: how it is sent, and on which lines with which scope', async () => {
    const { paths, components } = (await admin.get('/api/v1/openapi.json')).json() as {
      paths: Record<string, Record<string, { security: object[] }>>;
      components: { securitySchemes: object };
    };

    expect(components.securitySchemes).toMatchObject({ apiKey: { type: 'http', scheme: 'bearer' } });
    expect(paths['/api/v1/discharges']?.['post']?.security).toEqual([
      { session: [] },
      { apiKey: ['discharges:write'] },
    ]);
    expect(paths['/api/v1/survey-responses']?.['post']?.security).toEqual([
      {},
      { session: [] },
      { apiKey: ['survey-responses:write'] },
    ]);
    expect(paths['/api/v1/api-keys']?.['post']?.security).toEqual([{ session: [] }]);
  });
});
