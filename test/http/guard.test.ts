import { describe, expect, test } from '@jest/globals';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import Joi from 'joi';
import request from 'supertest';
import { gateFor, testCsrfToken } from '../support/test-app.ts';
import { anApp, aRoute, nurse, ownDepartment, problemOf, staffOnly } from './support.ts';

const name = Joi.object({ name: Joi.string().required() });
const api = aRoute({ method: 'post', path: '/api/v1/names', guard: staffOnly, body: name });

describe('a route under /api/ without a session', () => {
  test('answers 401 as a problem', async () => {
    const response = await request(anApp([aRoute({ path: '/api/v1/names', guard: staffOnly })])).get(
      '/api/v1/names',
    );

    expect(response.status).toBe(401);
    expect(response.headers['content-type']).toMatch('application/problem+json');
    expect(problemOf(response)).toMatchObject({
      status: 401,
      code: 'login_required',
      type: 'urn:problem:login-required',
      instance: '/api/v1/names',
      errors: [],
    });
  });

  test.each([
    ['a valid body', '{"name":"x"}', 'application/json'],
    ['a body of another shape', '{"other":1}', 'application/json'],
    ['a broken body', '{"name":', 'application/json'],
    ['a body of another type', 'name=x', 'application/x-www-form-urlencoded'],
    ['a body in GBK', '{}', 'application/json; charset=gbk'],
    ['a body that is too large', JSON.stringify({ name: 'x'.repeat(100_000) }), 'application/json'],
  ])('learns nothing of the shape from %s', async (_what, body, type) => {
    const response = await request(anApp([api]))
      .post('/api/v1/names')
      .set('Content-Type', type)
      .send(body);

    expect(problemOf(response)).toMatchObject({ status: 401, code: 'login_required', errors: [] });
  });
});

const page = (path: string): Express => anApp([aRoute({ path, guard: staffOnly })]);

describe('a page without a session', () => {
  test('leads to the login and back to its own address, query and all', async () => {
    const response = await request(page('/worklist')).get('/worklist?state=due&page=2');

    expect(response.status).toBe(303);
    expect(response.headers['location']).toBe('/login?next=%2Fworklist%3Fstate%3Ddue%26page%3D2');
    expect(response.headers['cache-control']).toBe('no-store');
  });

  test('asked for by HEAD answers like GET', async () => {
    const response = await request(page('/worklist')).head('/worklist');

    expect(response.headers['location']).toBe('/login?next=%2Fworklist');
  });

  test('leads home after a form: what was sent cannot be sent again', async () => {
    const app = anApp([aRoute({ method: 'post', path: '/worklist', guard: staffOnly })]);

    const response = await request(app).post('/worklist').type('form').send({ a: '1' });

    expect([response.status, response.headers['location']]).toEqual([303, '/login?next=%2Fhome']);
  });

  test.each(['//evil.example', '/%5Cevil.example/..', '///evil.example', `/${'x'.repeat(600)}`])(
    'never leads to another site: %s',
    async (path) => {
      const app = anApp([
        aRoute({ path: '/*rest', guard: staffOnly }),
        aRoute({ path: '//*rest', guard: staffOnly }),
      ]);

      const { headers } = await request(app).get(path);
      const next = new URLSearchParams(headers['location']?.split('?')[1]).get('next') ?? '';

      expect(next).toMatch(/^\/(?![/\\])/);
      expect(new URL(next, 'http://ours.example').host).toBe('ours.example');
    },
  );
});

test('an address written with a host leads home after the login, not to that host', async () => {
  const server = page('/worklist').listen(0);
  const { port } = server.address() as AddressInfo;

  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ port, path: 'http://evil.example/worklist', agent: false }, resolve).on('error', reject);
  });
  server.close();

  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/login?next=%2Fhome']);
});

describe('a guard', () => {
  test('that forbids answers 403, to a page as a page', async () => {
    const routes = ['/api/v1/scorecards/:departmentCode', '/scorecards/:departmentCode'].map((path) =>
      aRoute({ path, guard: ownDepartment }),
    );
    const app = anApp(routes, { principal: nurse });

    const api403 = await request(app).get('/api/v1/scorecards/B');
    const page403 = await request(app).get('/scorecards/B');

    expect(problemOf(api403)).toMatchObject({ status: 403, code: 'not_allowed' });
    expect(page403.status).toBe(403);
    expect(page403.headers['content-type']).toMatch('text/html');
    expect((await request(app).get('/api/v1/scorecards/A')).status).toBe(200);
  });

  test('judges before the query and the address are validated', async () => {
    const app = anApp([
      aRoute({
        path: '/api/v1/names/:id',
        guard: staffOnly,
        query: Joi.object({ page: Joi.number() }),
        params: Joi.object({ id: Joi.string().length(3) }),
      }),
    ]);

    expect((await request(app).get('/api/v1/names/12345?page=x&other=1')).status).toBe(401);
  });

  test('judges the very text that the handler gets: a schema converts nothing in an address', async () => {
    const seen: unknown[] = [];
    const app = anApp(
      [
        aRoute({
          path: '/api/v1/scorecards/:departmentCode',
          guard: ownDepartment,
          params: Joi.object({ departmentCode: Joi.string().trim().uppercase() }),
          handle: ({ params }, response) => {
            seen.push(params);
            response.end();
          },
        }),
      ],
      { principal: { ...nurse, roles: [{ role: 'nurse', departments: 'all' }] } },
    );

    expect((await request(app).get('/api/v1/scorecards/a')).status).toBe(400);
    expect((await request(app).get('/api/v1/scorecards/A')).status).toBe(200);
    expect(seen).toEqual([{ departmentCode: 'A' }]);
  });

  test('that cannot ask the database leaves the door shut', async () => {
    const gate = { ...gateFor(nurse), principalOf: () => Promise.reject(new Error('broken')) };

    expect(
      (
        await request(anApp([api], { gate }))
          .post('/api/v1/names')
          .send({ name: 'x' })
      ).status,
    ).toBe(500);
  });

  test('of an open route asks for nobody when no cookie came', async () => {
    const gate = { ...gateFor(null), principalOf: () => Promise.reject(new Error('asked')) };

    expect(
      (await request(anApp([aRoute({ path: '/api/v1/open' })], { gate })).get('/api/v1/open')).status,
    ).toBe(200);
  });
});

describe('the CSRF token', () => {
  const app = anApp(
    [
      api,
      aRoute({ method: 'delete', path: '/api/v1/names', guard: staffOnly }),
      aRoute({ method: 'put', path: '/api/v1/names', guard: staffOnly, body: name }),
      aRoute({ method: 'post', path: '/names', guard: staffOnly, body: name.keys({ _csrf: Joi.string() }) }),
      aRoute({ method: 'post', path: '/api/v1/answers', body: name }),
    ],
    { principal: nurse },
  );

  test.each(['post', 'put', 'delete'] as const)('is asked for by %s', async (method) => {
    const sendWith = (token: string) =>
      request(app)[method]('/api/v1/names').set('X-CSRF-Token', token).send({ name: 'x' });

    const without = await request(app)[method]('/api/v1/names').send({ name: 'x' });
    const wrong = await sendWith(`${testCsrfToken}x`);
    const right = await sendWith(testCsrfToken);

    expect(problemOf(without)).toMatchObject({ status: 403, code: 'csrf_token_invalid' });
    expect(wrong.status).toBe(403);
    expect(right.status).toBe(200);
  });

  test('is judged before the shape of the body', async () => {
    const response = await request(app).post('/api/v1/names').send({ other: 1 });

    expect(problemOf(response)).toMatchObject({ code: 'csrf_token_invalid', errors: [] });
  });

  test('comes as a field of a page’s form', async () => {
    const form = { name: 'x', _csrf: testCsrfToken };

    expect((await request(app).post('/names').type('form').send(form)).status).toBe(200);
    expect((await request(app).post('/names').type('form').send({ name: 'x' })).status).toBe(403);
    expect((await request(app).post('/names')).status).toBe(403);
  });

  test('is not needed where everybody may go', async () => {
    expect((await request(app).post('/api/v1/answers').send({ name: 'x' })).status).toBe(200);
  });
});
