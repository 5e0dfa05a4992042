import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { httpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import { severalStartsMs } from '../support/service-process.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpTestServer } from '../support/smtp-server.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';

const hour = 3_600_000;
const clock = movingClock('2026-09-10T02:00:00Z');
let smtp: SmtpTestServer;
let service: TestService;

beforeAll(async () => {
  smtp = await startSmtpServer();
  service = await startTestService({ clock, smtpUrl: smtp.url });
}, severalStartsMs);

afterAll(async () => {
  await service.stop();
  await smtp.stop();
});

describe('somebody who is logged in when the clock is set', () => {
  test('one hour back: stays logged in', async () => {
    const office = httpClient(service.baseUrl);
    await office.logIn('admin', adminPassword);

    clock.advance(-hour);

    expect((await office.get('/api/v1/accounts')).status).toBe(200);
    clock.advance(hour);
    expect((await office.get('/api/v1/accounts')).status).toBe(200);
  });

  test('eleven hours forward: stays logged in up to the longest life of a session, then logs in again', async () => {
    const office = httpClient(service.baseUrl);
    await office.logIn('admin', adminPassword);

    clock.advance(11 * hour);
    expect((await office.get('/api/v1/accounts')).status).toBe(200);
    clock.advance(hour);

    expect((await office.get('/api/v1/accounts')).status).toBe(401);
    await office.logIn('admin', adminPassword);
    expect((await office.get('/api/v1/accounts')).status).toBe(200);
  });
});
