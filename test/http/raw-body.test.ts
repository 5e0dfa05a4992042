import { describe, expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { createOpenApiRoutes } from '../../src/http/open-api.routes.ts';
import { testCsrfToken } from '../support/test-app.ts';
import { anApp, aRoute, nurse, problemOf, staffOnly } from './support.ts';

const fileRoute = (seen: unknown[]) =>
  aRoute({
    method: 'post',
    path: '/api/v1/things/imports',
    rawBody: { types: ['text/csv', 'application/vnd.example'], maxBytes: 1000 },
    handle: ({ body }, response) => {
      seen.push(body);
      response.json({ ok: true });
    },
  });

const seen: unknown[] = [];
const app = anApp([fileRoute(seen)]);
const post = (body: Buffer | string, type: string) =>
  request(app).post('/api/v1/things/imports').set('Content-Type', type).serialize(String).send(body);

describe('a route that takes a file', () => {
  test.each(['text/csv', 'text/csv; charset=gb18030', 'application/vnd.example'])(
    'hands over its bytes as they came: %s',
    async (type) => {
      const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0xc4, 0xe3, 0x00, 0xff]);

      const response = await request(app)
        .post('/api/v1/things/imports')
        .set('Content-Type', type)
        .serialize((body: unknown) => body as string)
        .send(bytes);

      expect(response.status).toBe(200);
      expect(seen.at(-1)).toEqual(bytes);
    },
  );

  test.each([
    ['another content type', 'a,b', 'application/json', 415, 'file_type_unsupported'],
    ['more bytes than allowed', 'x'.repeat(1001), 'text/csv', 413, 'file_too_large'],
    ['nothing', '', 'text/csv', 400, 'file_expected'],
  ] as const)('refuses %s by its own status', async (...[, body, type, status, code]) => {
    expect(problemOf(await post(body, type))).toMatchObject({ status, code });
  });

  test('counts the bytes after decompression', async () => {
    const response = await request(app)
      .post('/api/v1/things/imports')
      .set({ 'Content-Type': 'text/csv', 'Content-Encoding': 'gzip' })
      .serialize((body: unknown) => body as string)
      .send(gzipSync(Buffer.alloc(1_000_000)));

    expect(problemOf(response)).toMatchObject({ status: 413, code: 'file_too_large' });
  });

  test('says in the person’s language what to do about a file that is too large', async () => {
    const response = await post('x'.repeat(1001), 'text/csv').set('Accept-Language', 'zh-CN');

    expect(problemOf(response)).toMatchObject({
      detail: '文件超过允许的大小，请拆成几个文件分别上传。',
    });
  });

  test('asks for the CSRF token as every unsafe route of staff', async () => {
    const staff = anApp([{ ...fileRoute(seen), guard: staffOnly }], { principal: nurse });
    const send = () =>
      request(staff).post('/api/v1/things/imports').set('Content-Type', 'text/csv').send('a');

    expect(problemOf(await send())).toMatchObject({ status: 403, code: 'csrf_token_invalid' });
    expect((await send().set('x-csrf-token', testCsrfToken)).status).toBe(200);
  });

  test('is described with its content types', async () => {
    const routes = [fileRoute([])];
    const document = (
      await request(anApp(createOpenApiRoutes(routes, '1', { scopes: [], scopesOfAction: () => [] }))).get(
        '/api/v1/openapi.json',
      )
    ).body as { paths: Record<string, { post: { requestBody: { content: object } } }> };

    expect(document.paths['/api/v1/things/imports']?.post.requestBody.content).toEqual({
      'text/csv': { schema: { type: 'string', format: 'binary' } },
      'application/vnd.example': { schema: { type: 'string', format: 'binary' } },
    });
  });
});
