import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService({
    clock: movingClock('2026-11-02T02:00:00Z'),
    smtpUrl: 'smtp://127.0.0.1:9',
  });
});

afterAll(() => service.stop());

describe('where a login leads', () => {
  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    '/%09/evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    ' /home',
    '/home\r\nSet-Cookie: a=b',
    '/.//evil.example',
    'http:evil.example',
    '///evil.example',
    '/login?next=//evil.example',
  ])('is never another site nor another header: %j', async (next) => {
    const response = await fetch(`${service.baseUrl}/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ username: 'admin', password: adminPassword, next }),
    });
    const location = response.headers.get('location') ?? '';

    expect(response.status).toBe(303);
    expect(new URL(location, 'http://own.example').host).toBe('own.example');
    expect(response.headers.getSetCookie().some((cookie) => cookie.startsWith('a='))).toBe(false);
  });
});
