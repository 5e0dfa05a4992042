import { describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Joi from 'joi';
import request from 'supertest';
import { loggablePath } from '../../src/http/request-log.ts';
import { anApp, aRoute, capturingLogger, nurse, problemOf, staffOnly } from './support.ts';

const page = aRoute({
  path: '/page',
  handle: (_input, response) => {
    response.type('html').send('<p>page</p>');
  },
});

const cacheable = aRoute({
  path: '/page',
  handle: (_input, response) => {
    response.set('Cache-Control', 'max-age=60').end();
  },
});

describe('the headers of every answer', () => {
  test('allow no inline script or style, no framing, no sniffing, no referrer to others', async () => {
    for (const path of ['/page', '/nothing', '/api/v1/nothing']) {
      const { headers } = await request(anApp([page])).get(path);

      expect(headers['content-security-policy']).toMatch(/default-src 'none'/);
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/);
      expect(headers['content-security-policy']).toMatch(/frame-ancestors 'none'/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['referrer-policy']).toBe('same-origin');
      expect(headers['permissions-policy']).toMatch(/camera=\(\).*geolocation=\(\)/);
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });

  test('ask for https only where the service is reached by https', async () => {
    const plain = await request(anApp([page])).get('/page');
    const secure = await request(anApp([page], { https: true })).get('/page');

    expect(plain.headers['strict-transport-security']).toBeUndefined();
    expect(plain.headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    expect(secure.headers['strict-transport-security']).toBe('max-age=31536000');
  });

  test('carry an id of ours, never the client’s', async () => {
    const app = anApp([page], { newId: () => 'ours' });

    const { headers } = await request(app).get('/page').set('X-Request-Id', 'theirs');

    expect(headers['x-request-id']).toBe('ours');
  });

  test('forbid keeping what is made for a request, and keep static files for a year', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'static-'));
    writeFileSync(join(folder, 'patient-3f2a.css'), 'p{}');
    writeFileSync(join(folder, '.hidden'), 'x');
    const logger = capturingLogger();
    const app = anApp([page, aRoute({ path: '/api/v1/things' })], { staticFolder: folder, log: logger.log });

    const cached = await request(app).get('/static/patient-3f2a.css');
    const dynamic = await Promise.all(
      ['/page', '/api/v1/things', '/nothing', '/static/gone.css'].map((path) => request(app).get(path)),
    );
    const hidden = await request(app).get('/static/.hidden');
    rmSync(folder, { recursive: true });

    expect(cached.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(dynamic.map(({ headers }) => headers['cache-control'])).toEqual(Array(4).fill('no-store'));
    expect(hidden.status).toBe(404);
    expect(logger.text()).toContain('"/static/patient-3f2a.css"');
  });

  test('leave it to a handler to say otherwise', async () => {
    expect((await request(anApp([cacheable])).get('/page')).headers['cache-control']).toBe('max-age=60');
  });
});

describe('the log of a request', () => {
  test('holds id, method, path, status and time, and nothing a person sent', async () => {
    const logger = capturingLogger();
    const app = anApp(
      [
        aRoute({ path: '/i/:token' }),
        aRoute({ method: 'post', path: '/i/:token', body: Joi.object({ comment: Joi.string() }) }),
      ],
      { log: logger.log, newId: () => 'id-1' },
    );

    await request(app).get('/i/SECRET-token?phone=SECRET-query').set('Cookie', 'session=SECRET-cookie');
    await request(app).post('/i/SECRET-token').type('form').send({ comment: 'SECRET-comment' });
    await request(app).get('/I/SECRET-token').set('Authorization', 'Bearer SECRET-key');
    await request(app).get('/i/SECRET-token/more?next=/i/SECRET-token').set('User-Agent', 'SECRET-agent');

    expect(logger.text()).not.toContain('SECRET');
    expect(logger.lines[0]).toEqual({
      level: 'info',
      message: 'request',
      fields: { requestId: 'id-1', method: 'GET', path: '/i/…', status: 200, ms: expect.any(Number) },
    });
    expect(logger.lines).toHaveLength(4);
  });

  test('shortens a long path', () => {
    expect(loggablePath(`/${'x'.repeat(1000)}`)).toHaveLength(200);
  });
});

const statuses = async (app: ReturnType<typeof anApp>, addresses: readonly string[]): Promise<number[]> => {
  const found: number[] = [];
  for (const address of addresses) {
    found.push((await request(app).post('/api/v1/answers').set('X-Forwarded-For', address)).status);
  }
  return found;
};

describe('the limit of requests without an account', () => {
  const routes = [
    aRoute({ method: 'post', path: '/api/v1/answers' }),
    aRoute({ path: '/api/v1/answers' }),
    aRoute({ method: 'post', path: '/api/v1/staff', guard: staffOnly, csrf: false }),
  ];
  const publicLimit = { points: 3, windowSeconds: 600 };

  test('refuses the next one with the time to wait, and lets reading and staff pass', async () => {
    const app = anApp(routes, { publicLimit, principal: nurse });
    await statuses(app, ['a', 'a', 'a']);

    const response = await request(app).post('/api/v1/answers');

    expect(problemOf(response)).toMatchObject({ status: 429, code: 'too_many_requests' });
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(response.headers['retry-after'])).toBeLessThanOrEqual(600);
    expect((await request(app).get('/api/v1/answers')).status).toBe(200);
    expect((await request(app).post('/api/v1/staff')).status).toBe(200);
  });

  test('counts nothing that is answered 503: it is to be sent again, and can be once the database is back', async () => {
    let away = true;
    const handle = (_input: unknown, response: { json: (body: object) => unknown }): void => {
      if (away) throw Object.assign(new Error('x'), { name: 'MongoNetworkError' });
      response.json({});
    };
    const app = anApp([aRoute({ method: 'post', path: '/api/v1/answers', handle })], { publicLimit });

    const before = await statuses(app, Array<string>(10).fill('a'));
    away = false;
    const after = await statuses(app, Array<string>(4).fill('a'));

    expect(new Set(before)).toEqual(new Set([503]));
    expect(after).toEqual([200, 200, 200, 429]);
  });

  test('counts each address for itself behind one trusted proxy', async () => {
    const app = anApp(routes, { publicLimit, trustProxy: 1 });
    const one = '192.0.2.1';

    expect(await statuses(app, [one, one, one, one, '192.0.2.2', `192.0.2.9, ${one}`])).toEqual([
      200, 200, 200, 429, 200, 429,
    ]);
  });

  test('is not fooled by a forged header when there is no proxy', async () => {
    const app = anApp(routes, { publicLimit, trustProxy: 0 });

    expect(await statuses(app, ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'])).toEqual([
      200, 200, 200, 429,
    ]);
  });
});

describe('an address', () => {
  test('that is too long is refused in words, wherever it leads', async () => {
    const app = anApp([page]);
    const api = await request(app).get(`/api/v1/things?q=${'x'.repeat(4_096)}`);
    const read = await request(app)
      .get(`/page?q=${'x'.repeat(4_096)}`)
      .set('Accept-Language', 'zh');

    expect(problemOf(api)).toMatchObject({ status: 414, code: 'address_too_long' });
    expect(read.status).toBe(414);
    expect(read.text).toContain('网址太长');
    expect((await request(app).get(`/page?q=${'x'.repeat(2_000)}`)).status).toBe(200);
  });
});

const warningsOf = async (trustProxy: number): Promise<number> => {
  const { log, lines } = capturingLogger();
  const app = anApp([page], { log, trustProxy });
  await request(app).get('/page');
  for (const address of ['192.0.2.1', '192.0.2.2']) {
    await request(app).get('/page').set('X-Forwarded-For', address);
  }
  expect(JSON.stringify(lines)).not.toContain('192.0.2');
  return lines.filter(({ level }) => level === 'warn').length;
};

describe('a proxy that nobody configured', () => {
  test('is warned of once, without any address; a configured one is not', async () => {
    expect([await warningsOf(0), await warningsOf(1)]).toEqual([1, 0]);
  });
});

const setCookie = async (path: string, cookie: string, https = false): Promise<unknown> => {
  const response = await request(anApp([page], { https }))
    .get(path)
    .set('Cookie', cookie);
  return response.headers['set-cookie'];
};

describe('the language a person chooses by ?lang=', () => {
  test.each(['session', '__Host-session'])('is kept for a year for staff (%s)', async (name) => {
    const [cookie] = (await setCookie('/page?lang=zh-TW', `a=b; ${name}=s%3Ax`)) as [string];

    expect(cookie).toMatch(/^lang=zh-Hant; Max-Age=31536000; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
  });

  test('is kept for https only where the service is reached by https', async () => {
    const [cookie] = (await setCookie('/page?lang=en', '__Host-session=x', true)) as [string];

    expect(cookie).toMatch(/; Secure/);
  });

  test.each([
    ['a patient, who has no session', '/page?lang=en', 'other=1; mysession=2'],
    ['a language we do not have', '/page?lang=fr', 'session=x'],
    ['no choice', '/page', 'session=x; lang=en'],
    ['two choices', '/page?lang=en&lang=zh', 'session=x'],
  ])('sets no cookie for %s', async (_what, path, cookie) => {
    expect(await setCookie(path, cookie)).toBeUndefined();
  });
});
