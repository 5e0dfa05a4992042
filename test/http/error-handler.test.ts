import { describe, expect, jest, test } from '@jest/globals';
import request from 'supertest';
import type { Route } from '../../src/http/route.ts';
import { DomainError } from '../../src/shared/domain-error.ts';
import type { DomainErrorKind } from '../../src/shared/domain-error.ts';
import { anApp, aRoute, capturingLogger, problemOf } from './support.ts';

const secret = '张三 13800138000';

function fail(): never {
  throw new Error(secret);
}

const failHalfway: Route['handle'] = (_input, response) => {
  response.status(200).write('half');
  fail();
};

function failing(error: unknown, paths: readonly string[] = ['/api/v1/fails', '/fails']) {
  const logger = capturingLogger();
  const routes = paths.map((path) =>
    aRoute({
      path,
      handle: () => {
        throw error;
      },
    }),
  );
  return { app: anApp(routes, { log: logger.log }), logger };
}

describe('an error nobody expected', () => {
  const unexpected = [
    Object.assign(new Error(`no such patient: ${secret}\n    at ${secret}`), { status: 400, body: secret }),
    Object.assign(new TypeError(secret), { name: 'TypeError', status: 418, type: 'entity.oops' }),
    secret,
    { message: secret },
    undefined,
    null,
  ];

  test.each(unexpected.map((error) => [error]))('is 500 and says nothing of its cause: %#', async (error) => {
    const { app, logger } = failing(error);

    const response = await request(app).get('/api/v1/fails');

    expect(problemOf(response)).toMatchObject({ status: 500, code: 'internal_error', errors: [] });
    expect(problemOf(response).requestId).toBe(response.headers['x-request-id']);
    expect(response.text + logger.text()).not.toMatch(/13800138000|张三/);
    expect(logger.lines.filter(({ level }) => level === 'error')).toMatchObject([
      { message: 'unexpected error', fields: { requestId: response.headers['x-request-id'] } },
    ]);
  });

  test('is logged with its kind and its place', async () => {
    const { app, logger } = failing(new RangeError(secret));

    await request(app).get('/api/v1/fails');

    expect(logger.text()).toMatch(/"kind":"RangeError","at":\["    at .*error-handler\.test/);
  });

  test('is a page on a page, with the number to tell the administrator', async () => {
    const { app } = failing(new Error(secret));

    const response = await request(app).get('/fails');

    expect(response.status).toBe(500);
    expect(response.headers['content-type']).toMatch('text/html');
    expect(response.text).toContain(response.headers['x-request-id']);
    expect(response.text).not.toMatch(/13800138000|张三|node_modules/);
  });

  test('of the error page itself still gives a plain page without a stack', async () => {
    const logger = capturingLogger();

    const response = await request(anApp([], { renderPage: fail, log: logger.log })).get('/nothing');

    expect(response.status).toBe(404);
    expect(response.text).toContain('address_not_found');
    expect(response.text + logger.text()).not.toMatch(/13800138000/);
  });

  test('after the answer has begun cuts the connection and is logged once', async () => {
    const logger = capturingLogger();
    const app = anApp([aRoute({ path: '/api/v1/export', handle: failHalfway })], { log: logger.log });

    const console = jest.spyOn(globalThis.console, 'error').mockReturnValue();

    await expect(request(app).get('/api/v1/export')).rejects.toThrow(/aborted|hang up|reset/i);

    expect(console).not.toHaveBeenCalled(); // express prints what reaches it, message and all
    console.mockRestore();

    expect(logger.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(logger.lines).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ status: 499 }) }),
    );
  });
});

describe('an error of the domain', () => {
  test.each<[DomainErrorKind, number]>([
    ['malformed', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['invalid', 422],
    ['too-many', 429],
    ['unavailable', 503],
  ])('of the kind %s is %i, with its code and its faults', async (kind, status) => {
    const errors = [{ pointer: '/a', detail: 'wrong', code: 'a_wrong' }];
    const { app, logger } = failing(new DomainError(kind, 'some_code', 'Safe to show.', { errors }));

    const response = await request(app).get('/api/v1/fails');

    expect(response.status).toBe(status);
    expect(problemOf(response)).toMatchObject({
      type: 'urn:problem:some-code',
      status,
      code: 'some_code',
      detail: 'Safe to show.',
      errors,
    });
    expect(problemOf(response).title).not.toBe('some_code');
    expect(logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('that asks for a new password leads a page to where it is changed, and is 403 for a machine', async () => {
    const { app } = failing(new DomainError('forbidden', 'password_change_required', 'Change it.'));

    const page = await request(app).get('/fails');
    const api = await request(app).get('/api/v1/fails');

    expect([page.status, page.headers['location']]).toEqual([303, '/account/password']);
    expect(api.status).toBe(403);
  });

  test('of a service that is away for a moment offers the same page again, and no other problem does', async () => {
    const away = failing(new DomainError('unavailable', 'database_unavailable', 'x'));
    const refused = failing(new DomainError('forbidden', 'not_allowed', 'x'));
    const retry = 'href="/fails?period&#x3D;2026-10"';

    expect((await request(away.app).get('/fails?period=2026-10')).text).toContain(retry);
    expect((await request(refused.app).get('/fails?period=2026-10')).text).not.toContain(retry);
  });

  test('says when to come back', async () => {
    const busy = new DomainError('too-many', 'busy', 'Wait.', { retryAfterSeconds: 30 });
    const away = new DomainError('unavailable', 'away', 'Wait.');

    const first = await request(failing(busy).app).get('/api/v1/fails');
    const second = await request(failing(away).app).get('/fails');

    expect(first.headers['retry-after']).toBe('30');
    expect(second.headers['retry-after']).toBe('5');
    expect(first.text).not.toContain('retryAfterSeconds');
  });

  test.each(['MongoNetworkError', 'MongoServerSelectionError', 'MongoNotConnectedError'])(
    'is not needed when the database is away: %s is 503',
    async (name) => {
      const { app } = failing(Object.assign(new Error(`mongodb://user:${secret}@host`), { name }));

      const response = await request(app).get('/api/v1/fails');

      expect(problemOf(response)).toMatchObject({ status: 503, code: 'database_unavailable' });
      expect(response.headers['retry-after']).toBe('5');
      expect(response.text).not.toContain('13800138000');
    },
  );
});

describe('an address', () => {
  const app = anApp([aRoute({ path: '/api/v1/things/:id' }), aRoute({ path: '/things' })]);

  test('with a malformed percent sequence is 400', async () => {
    const response = await request(app).get('/api/v1/things/%E4%A');

    expect(problemOf(response)).toMatchObject({ status: 400, code: 'address_not_readable' });
  });

  test('that nobody knows is 404, as a problem under /api/ and as a page elsewhere', async () => {
    const api = await request(app).get('/api/v1/nothing');
    const page = await request(app).get('/nothing');

    expect(problemOf(api)).toMatchObject({ status: 404, code: 'address_not_found' });
    expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
  });

  test('asked by a method it does not have is 404, also by OPTIONS (no other site may ask), and HEAD is like GET', async () => {
    expect((await request(app).post('/api/v1/things/1')).status).toBe(404);
    expect((await request(app).patch('/things')).status).toBe(404);
    expect((await request(app).head('/things')).status).toBe(200);
    expect((await request(app).options('/things')).status).toBe(404);
  });
});
