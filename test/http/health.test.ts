import { expect, test } from '@jest/globals';
import request from 'supertest';
import { createHealthRoutes } from '../../src/http/health.routes.ts';
import { anApp } from './support.ts';

test('the process is healthy while it is not ready, and ready when its reasons are gone', async () => {
  let reasons: readonly string[] = ['The database does not answer.'];
  const readiness = () => Promise.resolve({ ready: reasons.length === 0, reasons });
  const app = anApp(createHealthRoutes({ readiness }));

  const healthy = await request(app).get('/healthz');
  const unready = await request(app).get('/readyz');
  reasons = [];
  const ready = await request(app).get('/readyz');

  expect([healthy.status, healthy.body]).toEqual([200, { status: 'ok' }]);
  expect([unready.status, unready.body]).toEqual([
    503,
    { status: 'not ready', reasons: ['The database does not answer.'] },
  ]);
  expect(unready.headers['retry-after']).toBe('5');
  expect([ready.status, ready.body]).toEqual([200, { status: 'ready', reasons: [] }]);
  expect(ready.headers['cache-control']).toBe('no-store');
});

test('a readiness that cannot be asked is not ready', async () => {
  const away = Object.assign(new Error('mongodb://user:secret@host'), { name: 'MongoNetworkError' });
  const app = anApp(createHealthRoutes({ readiness: () => Promise.reject(away) }));

  const response = await request(app).get('/readyz');

  expect(response.status).toBe(503);
  expect(response.text).not.toContain('secret');
});
