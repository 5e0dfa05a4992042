import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';
import { addressOf, bodyFor, nameOf, sessionOf } from './walk.ts';
import type { Session } from './walk.ts';

/* Whatever is answered, page or JSON, file, redirect or refusal: nothing foreign runs in it, frames it, guesses at it or keeps it. */

let service: TestService;
let admin: Session;

beforeAll(async () => {
  service = await startTestService({
    clock: movingClock('2026-11-02T02:00:00Z'),
    smtpUrl: 'smtp://127.0.0.1:9',
  });
  admin = await sessionOf(service.baseUrl, { username: 'admin', password: adminPassword });
});

afterAll(() => service.stop());

/** A frozen scorecard may be kept by its reader's own browser, which asks each time whether it still holds. */
const mayBeKept = new Set(['no-store', 'private, no-cache']);

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
];

/** What is wrong with the headers of an answer. */
function faultsOf({ headers }: Response): readonly string[] {
  const csp = (headers.get('content-security-policy') ?? '').split(';').map((part) => part.trim());
  const expected: readonly (readonly [string, string])[] = [
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
  ];
  return [
    ...policy.filter((part) => !csp.includes(part)),
    ...csp.filter((part) => /unsafe|\*|https?:|strict-dynamic/.test(part)),
    ...expected.filter(([name, value]) => headers.get(name) !== value).map(([name]) => name),
    ...(/camera=\(\).*geolocation=\(\)/.test(headers.get('permissions-policy') ?? '')
      ? []
      : ['permissions-policy']),
    ...(headers.get('x-powered-by') === null ? [] : ['x-powered-by']),
    ...(headers.get('access-control-allow-origin') === null ? [] : ['access-control-allow-origin']),
  ];
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(`${service.baseUrl}${path}`, { redirect: 'manual', ...init });
  await response.arrayBuffer();
  return response;
}

/** A file the browser has already. Not by `fetch`, which forbids that answer itself. */
async function notModified(path: string, since: string): Promise<Response> {
  const [answer] = (await once(
    get(`${service.baseUrl}${path}`, { headers: { 'if-modified-since': since } }),
    'response',
  )) as [IncomingMessage];
  answer.resume();
  const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  return new Response(null, { status: answer.statusCode ?? 0, headers });
}

describe('the headers of every answer', () => {
  test('of every route, to a stranger and to somebody logged in, forbid what no page of ours needs', async () => {
    const faults: string[] = [];
    for (const route of service.composition.routes.filter(
      ({ path }) => !/logout|sessions\/current/.test(path),
    )) {
      const init = { method: route.method.toUpperCase(), ...bodyFor(route) };
      for (const headers of [{}, admin.headers]) {
        const sent = { ...(init.headers as Record<string, string> | undefined), ...headers };
        const response = await ask(addressOf(route), { ...init, headers: sent });
        const kept = mayBeKept.has(response.headers.get('cache-control') ?? '') ? [] : ['cache-control'];
        const found = [...faultsOf(response), ...kept];
        if (found.length > 0) faults.push(`${nameOf(route)} ${response.status}: ${found.join(', ')}`);
      }
    }

    expect(faults).toEqual([]);
  }, 60_000);

  test('of refusals, redirects, files and files that are not sent again are the same', async () => {
    const page = await (await fetch(`${service.baseUrl}/`)).text();
    const [, style = ''] = /href="(\/static\/[^"]+\.css)"/.exec(page) ?? [];
    const file = await ask(style);
    const again = await notModified(style, file.headers.get('last-modified') ?? '');
    const answers = [
      file,
      again,
      await ask('/nothing'),
      await ask('/s/%E0%A4%A'),
      await ask(`/${'x'.repeat(5_000)}`),
      await ask('/api/v1/nothing'),
      await ask('/home'),
      await ask('/static/nothing.css'),
      await ask('/static/..%2f..%2fpackage.json'),
      await ask('/', { method: 'OPTIONS' }),
      await ask('/', { method: 'HEAD' }),
      await ask('/login', { method: 'PATCH' }),
      await ask('/api/v1/sessions', {
        method: 'POST',
        body: '{',
        headers: { 'content-type': 'application/json' },
      }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([
      200, 304, 404, 400, 414, 404, 303, 404, 404, 404, 200, 404, 400,
    ]);
    expect(answers.map(faultsOf).filter((faults) => faults.length > 0)).toEqual([]);
  });
});

describe('the pages', () => {
  const templates = join(projectRoot(), 'templates');
  const pages = ['pages', 'partials']
    .flatMap((folder) =>
      readdirSync(join(templates, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    )
    // What is only ever part of a mail: there is no stylesheet.
    .filter((name) => name.endsWith('.html') && !/mail-bar|scorecard-delivery-table/.test(name));

  test('hold no script, style or handler of their own', () => {
    const inline = /\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:|\{\{\{/i;

    expect(pages.length).toBeGreaterThan(30);
    expect(pages.filter((name) => inline.test(readFileSync(join(templates, name), 'utf8')))).toEqual([]);
  });
});

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
