import { describe, expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import Joi from 'joi';
import request from 'supertest';
import type { Route } from '../../src/http/route.ts';
import { deepRuns } from '../support/deep.ts';
import { anApp, aRoute, problemOf } from './support.ts';

const schema = Joi.object({
  name: Joi.string().max(20),
  score: Joi.number().integer().min(0).max(100),
  answers: Joi.object().pattern(/^[a-z]+$/, Joi.string().max(5)),
  lines: Joi.array().items(Joi.object({ n: Joi.number().required() })),
});

function appSeeing(seen: unknown[], fields: Partial<Route> = {}) {
  return anApp([
    aRoute({
      method: 'post',
      path: '/api/v1/things',
      body: schema,
      handle: ({ body }, response) => {
        seen.push(body);
        response.status(201).json({ ok: true });
      },
      ...fields,
    }),
  ]);
}

const app = appSeeing([]);
const post = (body: string | Buffer, type = 'application/json') =>
  request(app).post('/api/v1/things').set('Content-Type', type).serialize(String).send(body);

describe('a body that cannot be read', () => {
  test.each([
    ['malformed JSON', '{"name":', 'application/json', 400, 'body_not_readable'],
    ['JSON null', 'null', 'application/json', 400, 'body_not_readable'],
    ['a JSON text', '"张三"', 'application/json', 400, 'body_not_readable'],
    ['another content type', 'name=x', 'application/x-www-form-urlencoded', 415, 'json_expected'],
    ['JSON said to be plain text', '{"name":"x"}', 'text/plain', 415, 'json_expected'],
    ['GBK', '{}', 'application/json; charset=gbk', 415, 'charset_unsupported'],
    [
      'more than 64 KB',
      JSON.stringify({ name: 'x'.repeat(65 * 1024) }),
      'application/json',
      413,
      'body_too_large',
    ],
  ])('is refused by its own status: %s', async (...[, body, type, status, code]) => {
    const response = await post(body, type);

    expect(response.status).toBe(status);
    expect(problemOf(response)).toMatchObject({ status, code, errors: [] });
  });

  test('is refused when there is none', async () => {
    const response = await request(app).post('/api/v1/things');

    expect(problemOf(response)).toMatchObject({ status: 400, code: 'json_expected' });
  });

  test('is refused when it is compressed and broken, or in a way we do not know', async () => {
    const broken = await request(app)
      .post('/api/v1/things')
      .set({ 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' })
      .send('not gzip');
    const unknown = await request(app)
      .post('/api/v1/things')
      .set({ 'Content-Type': 'application/json', 'Content-Encoding': 'zip' })
      .send('{}');

    expect(problemOf(broken)).toMatchObject({ status: 400, code: 'body_not_readable' });
    expect(problemOf(unknown)).toMatchObject({ status: 415, code: 'encoding_unsupported' });
  });

  test('is counted as it is after decompression', async () => {
    const bomb = gzipSync(Buffer.from(JSON.stringify({ name: ' '.repeat(5_000_000) })));

    const response = await new Promise<{ status: number }>((resolve, reject) => {
      const sending = request(app)
        .post('/api/v1/things')
        .set({ 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
      sending.write(bomb);
      sending.end((error: Error | null, answer) => (error ? reject(error) : resolve(answer)));
    });

    expect(response.status).toBe(413);
  });

  test('may be larger only where the route says so', async () => {
    const batch = appSeeing([], { maxBodyBytes: 200_000, body: Joi.object({ text: Joi.string().max(1e6) }) });

    const inside = await request(batch)
      .post('/api/v1/things')
      .send({ text: 'x'.repeat(150_000) });
    const beyond = await request(batch)
      .post('/api/v1/things')
      .send({ text: 'x'.repeat(250_000) });

    expect([inside.status, beyond.status]).toEqual([201, 413]);
  });

  test('is refused as a form with a flood of fields', async () => {
    const page = anApp([aRoute({ method: 'post', path: '/form', body: Joi.object({ a: Joi.any() }) })]);

    const response = await request(page).post('/form').type('form').send('a=1&'.repeat(1500));

    expect(response.status).toBe(413);
    expect(response.headers['content-type']).toMatch('text/html');
  });
});

describe('a hostile body', () => {
  test('cannot reach a prototype', async () => {
    const seen: unknown[] = [];
    const response = await request(appSeeing(seen))
      .post('/api/v1/things')
      .set('Content-Type', 'application/json')
      .send('{"name":"x","__proto__":{"admin":true}}');
    const other = await post('{"constructor":{"prototype":{"admin":true}}}');
    const form = anApp([aRoute({ method: 'post', path: '/form', body: Joi.object({ a: Joi.string() }) })]);

    expect(response.status).toBeLessThan(500);
    expect(problemOf(other).errors).toMatchObject([{ pointer: '/constructor' }]);
    expect((await request(form).post('/form').type('form').send('a=1&__proto__=2')).status).toBeLessThan(500);
    expect(seen.every((body) => !Object.hasOwn(body as object, '__proto__'))).toBe(true);
    expect(Reflect.get({}, 'admin')).toBeUndefined();
  });

  test.each([
    ['a list at the top', '[]', ''],
    ['a list in a field', '{"name":[]}', '/name'],
    ['null in a field', '{"name":null}', '/name'],
    ['an integer of 17 digits', '{"score":12345678901234567}', '/score'],
    ['a number beyond all bounds', '{"score":1e999}', '/score'],
    ['nesting of 15 000 levels', `{"name":${'['.repeat(15_000)}${']'.repeat(15_000)}}`, '/name'],
    ['nesting in an unknown field', `{"x":${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}}`, '/x'],
    ['lone surrogates that are too many', JSON.stringify({ name: '\ud800'.repeat(21) }), '/name'],
    ['a name with / and ~', '{"a/b~c":1}', '/a~1b~0c'],
    ['a fault in a list', '{"lines":[{"n":1},{"n":"x"}]}', '/lines/1/n'],
  ])('is a fault with its place: %s', async (_what, body, pointer) => {
    const response = await post(body);

    expect(response.status).toBe(400);
    expect(problemOf(response).code).toBe('validation_failed');
    expect(problemOf(response).errors.map((error) => error.pointer)).toContain(pointer);
  });

  test('is answered with at most fifty faults', async () => {
    const lines = Array.from({ length: 2000 }, () => ({ n: '不是数字' }));

    const response = await request(app).post('/api/v1/things').send({ lines });

    expect(problemOf(response).errors).toHaveLength(50);
  });

  test('is answered without any of its values', async () => {
    const secret = '张三13800138000';
    const body = {
      name: secret.repeat(5),
      score: secret,
      answers: { attitude: secret },
      lines: [secret, { n: secret }],
    };

    const response = await request(app)
      .post(`/api/v1/things?q=${encodeURIComponent(secret)}`)
      .send(body);

    expect(response.status).toBe(400);
    expect(problemOf(response).errors.length).toBeGreaterThanOrEqual(5);
    expect(response.text).not.toContain('13800138000');
    expect(decodeURIComponent(JSON.stringify(response.headers))).not.toContain('13800138000');
  });

  test('never gives a server error, and the handler only sees what the schema promises', async () => {
    const seen: unknown[] = [];
    const server = appSeeing(seen).listen(0);
    const key = fc.oneof(fc.constantFrom('name', 'score', 'answers', 'lines', '__proto__', 'n'), fc.string());
    const any = fc.oneof(
      fc.json(),
      fc.object({ key, maxDepth: 3 }).map((value) => JSON.stringify(value)),
      fc
        .record({
          name: fc.string({ unit: 'binary', maxLength: 25 }),
          score: fc.oneof(fc.integer(), fc.double()),
        })
        .map((value) => JSON.stringify(value)),
      fc.string(),
    );

    await fc.assert(
      fc.asyncProperty(any, async (body) => {
        const before = seen.length;
        const { status } = await request(server)
          .post('/api/v1/things')
          .set('Content-Type', 'application/json')
          .send(body);

        expect(status === 201 || (status >= 400 && status < 500)).toBe(true);
        expect(seen.length - before).toBe(status === 201 ? 1 : 0);
      }),
      { numRuns: deepRuns(300, 20_000) },
    );
    await new Promise((resolve) => server.close(resolve));

    expect(seen.filter((body) => schema.validate(body, { convert: false }).error)).toEqual([]);
  }, 600_000);
});

describe('the query', () => {
  const seen: unknown[] = [];
  const listing = anApp([
    aRoute({
      path: '/api/v1/list',
      query: Joi.object({ state: Joi.string().max(10) }),
      handle: ({ query }, response) => {
        seen.push(query);
        response.end();
      },
    }),
  ]);

  test.each([
    ['?state[$ne]=1', '/state[$ne]'],
    ['?state=a&state=b', '/state'],
    ['?other=1', '/other'],
  ])('is taken literally: %s is a fault', async (query, pointer) => {
    const response = await request(listing).get(`/api/v1/list${query}`);

    expect(response.status).toBe(400);
    expect(problemOf(response).errors.map((error) => error.pointer)).toEqual([pointer]);
  });

  test('may always choose a language, which no handler sees', async () => {
    const response = await request(listing).get('/api/v1/list?state=due&lang=en');

    expect(response.status).toBe(200);
    expect(seen).toEqual([{ state: 'due' }]);
  });
});
