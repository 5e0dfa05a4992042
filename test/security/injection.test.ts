import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createReadWorkbookSheets } from '../../src/roster/roster-workbook.child-process.ts';
import { createReaderProcess } from '../../src/shared/reader-process.child-process.ts';
import { csvOf } from '../../src/web/upload/csv.ts';
import { databaseContent } from '../support/database-content.ts';
import { movingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';
import { nameOf, sessionOf } from './walk.ts';
import type { Session } from './walk.ts';

/* Operators, prototype keys, tricks with paths, line breaks and formulas are text like any other, or no text at all. */

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

const content = (): Promise<string> =>
  databaseContent(service.dbName, ['sessions', 'jobRuns', 'loginAttempts', 'loginAddresses', 'auditEvents']);

async function send(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
  const response = await fetch(`${service.baseUrl}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...admin.headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

describe('an operator in place of a text', () => {
  test.each<unknown>([
    { $ne: null },
    { $gt: '' },
    { $regex: '.*' },
    { $where: '1' },
    ['admin'],
    { toString: 'admin' },
  ])('logs nobody in and matches nothing: %j', async (operator) => {
    const before = await content();
    const answers = [
      await send('POST', '/api/v1/sessions', { username: operator, password: adminPassword }),
      await send('POST', '/api/v1/sessions', { username: 'admin', password: operator }),
      await send('POST', '/api/v1/survey-responses', {
        submissionId: operator,
        formId: operator,
        formVersion: 1,
        departmentCode: operator,
        answers: operator,
      }),
      await send('POST', '/api/v1/discharges', { discharges: [operator] }),
      await send('PUT', '/api/v1/department-aliases', { name: operator, departmentCode: 'surgery' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, expect.any(Number), 400]);
    expect(answers[3]?.text).not.toContain('"created":1');
    expect(await content()).toBe(before);
  });

  test.each([
    'state[$ne]=due',
    'state[]=due',
    'state=due&state=open',
    'department[$gt]=',
    '__proto__[state]=due',
    'constructor.prototype.state=due',
    'limit=1e3',
    'limit=%EF%BC%91',
  ])('in a query is a fault with its place: %s', async (query) => {
    const { status, text } = await send('GET', `/api/v1/follow-up-calls?${query}`);

    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ code: 'validation_failed' });
  });
});

const tricks = [
  '..%2f..%2fetc%2fpasswd',
  '..%5c..%5cwin.ini',
  '%2e%2e%2f',
  '%00',
  'surgery%00',
  '%c0%ae%c0%ae',
  '%ff%fe',
  '%e0%80%af',
  '$ne',
  '{"$ne":null}',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '%0d%0aSet-Cookie:%20a=b',
  "'%20or%20'1'='1",
  '%F0%9F%92%89',
  'x'.repeat(2_000),
  '*',
  '%25',
  ';ls',
  '%7B%7B7*7%7D%7D',
];

describe('a trick in place of a name', () => {
  test.each(tricks)(
    'finds nothing at any address, breaks nothing and is not repeated as it came: %s',
    async (trick) => {
      const before = await content();
      const found: string[] = [];
      const named = service.composition.routes.filter(
        ({ path }) => path.includes(':') && !path.endsWith('/thanks'),
      );
      for (const route of named) {
        const address = route.path.replaceAll(/:\w+/g, () => trick);
        const { status, text } = await send(
          route.method.toUpperCase(),
          address,
          route.method === 'get' ? undefined : {},
        );
        const repeated = /root:|49\b.*7\*7|<script/.test(text);
        if (status < 400 || status >= 500 || repeated) found.push(`${nameOf(route)}: ${status}`);
      }

      expect(named.length).toBeGreaterThan(30);
      expect(found).toEqual([]);
      expect(await content()).toBe(before);
    },
    30_000,
  );

  test('takes no file from beside the built ones', async () => {
    for (const path of [
      '..%2f..%2fpackage.json',
      '../../package.json',
      '..%5cpackage.json',
      '%2e%2e/%2e%2e/package.json',
      'manifest.json%00.css',
      '.env',
      '%2e/.git/config',
    ]) {
      const response = await fetch(`${service.baseUrl}/static/${path}`);

      expect([400, 403, 404]).toContain(response.status);
      expect(await response.text()).not.toContain('"dependencies"');
    }
  });
});

describe('line breaks', () => {
  const broken = '内科\r\nBcc: everybody@evil.example';

  test.each([
    [
      'a name of a department',
      'PUT',
      '/api/v1/departments/surgery',
      { name: { 'zh-Hans': broken }, kind: 'clinical', recipients: [] },
    ],
    [
      'a new name of a department',
      'POST',
      '/api/v1/departments/surgery/rename',
      { name: { 'zh-Hans': broken }, from: '2026-11-10' },
    ],
    [
      'the address of a recipient',
      'PUT',
      '/api/v1/departments/surgery',
      {
        name: { 'zh-Hans': '外科' },
        kind: 'clinical',
        recipients: [{ role: 'head', name: '周', email: 'a@b.example\r\nBcc: c@d.example' }],
      },
    ],
    [
      'the name of a recipient',
      'PUT',
      '/api/v1/departments/surgery',
      {
        name: { 'zh-Hans': '外科' },
        kind: 'clinical',
        recipients: [{ role: 'head', name: broken, email: 'a@b.example' }],
      },
    ],
  ])('never get into %s, and so into no head of a mail', async (_what, method, path, body) => {
    const before = await content();
    const { status } = await send(method, path, body);

    expect([400, 422]).toContain(status);
    expect(await content()).toBe(before);
  });
});

const formula = fc
  .tuple(
    fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'),
    fc.string({ maxLength: 20 }),
  )
  .map(([first, rest]) => first + rest);

describe('a formula', () => {
  test('in a downloaded list of results is a text to every spreadsheet', () => {
    fc.assert(
      fc.property(formula, fc.array(fc.string({ maxLength: 20 }), { maxLength: 3 }), (cell, others) => {
        expect(csvOf([[cell, ...others]])).toMatch(/^\uFEFF"?'/);
      }),
    );
  });

  test('in the name of a colleague stays a text in the workbook of departments and staff', async () => {
    const name = '=HYPERLINK("http://evil.example","点我")';
    const stored = await send('PUT', '/api/v1/staff/D900', {
      name,
      post: 'doctor',
      departmentCode: 'surgery',
      from: '2026-01-01',
    });
    const response = await fetch(`${service.baseUrl}/api/v1/departments/template.xlsx`, {
      headers: admin.headers,
    });
    const readSheets = createReadWorkbookSheets(createReaderProcess());
    const sheets = await readSheets(Buffer.from(await response.arrayBuffer()));

    const cells = sheets?.flatMap(({ lines }) => lines.flat()) ?? [];
    expect([200, 201, 400, 422]).toContain(stored.status);
    expect(cells.includes(name)).toBe(stored.status < 300);
  });
});
