import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import request from 'supertest';
import type { Principal } from '../../src/shared/principal.ts';
import { openScorecardsWorld, person } from '../support/scorecards-world.ts';
import type { ScorecardsWorld } from '../support/scorecards-world.ts';
import { createTestApp, testCsrfToken } from '../support/test-app.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let world: ScorecardsWorld;

beforeEach(async () => {
  database = await openTestDatabase();
  world = openScorecardsWorld(database.connection);
  await database.buildIndexes();
  world.answers.set('2026-10', [
    { count: 100, chosen: { attitude: 'very', overall: 'very' } },
    { count: 3, departmentCode: 'surgery', chosen: { overall: 'poor' } },
  ]);
});

afterEach(async () => {
  await database.drop();
});

const office = person('office', 'all');
const head = person('head', ['cardiology']);
const director = person('director', 'all');

const app = (principal: Principal | null): Express =>
  createTestApp({ routes: [...world.slice.routes, ...world.slice.pages], principal });

const close = (principal: Principal | null, period: string = '2026-10') =>
  request(app(principal)).post(`/api/v1/scorecards/${period}/close`).set('x-csrf-token', testCsrfToken);

const look = async (): Promise<unknown> =>
  (await request(app(head)).get('/api/v1/scorecards/2026-10/cardiology').expect(200)).body;

const status = async (who: Principal | null, path: string): Promise<number> =>
  (await request(app(who)).get(path)).status;

interface Listed {
  readonly scorecards: readonly { readonly departmentCode: string; readonly n: number | null }[];
}

describe('closing over HTTP', () => {
  test('answers 201 the first time, 200 with the same record when it stood, and audits both', async () => {
    const first = await close(office).expect(201);
    const again = await close(office).expect(200);

    expect(again.body).toEqual(first.body);
    expect(first.body).toMatchObject({ period: '2026-10', revision: 1, closedBy: 'account-office' });
    expect(world.audit.map(({ action, subject, outcome }) => [action, subject, outcome])).toEqual([
      ['scorecard.close', 'period/2026-10', 'attempted'],
      ['scorecard.close', 'period/2026-10', 'succeeded'],
      ['scorecard.close', 'period/2026-10', 'attempted'],
      ['scorecard.close', 'period/2026-10', 'succeeded'],
    ]);
  });

  test('a month that is not due is 409, one that is none 422, and the failure is audited', async () => {
    expect((await close(office, '2026-11').expect(409)).body).toMatchObject({ code: 'period_not_due' });
    expect((await close(office, '2026-13').expect(422)).body).toMatchObject({ code: 'period_invalid' });
    expect((await close(office, '9999-12').expect(409)).body).toMatchObject({ code: 'period_not_due' });
    expect(world.audit.filter(({ outcome }) => outcome === 'failed')).toHaveLength(2);
  });

  test('only the office may close, and not without the session’s token', async () => {
    await close(null).expect(401);
    await close(head).expect(403);
    await close(director).expect(403);
    await request(app(office)).post('/api/v1/scorecards/2026-10/close').expect(403);
    expect(await world.slice.periods.latest('2026-10')).toBeNull();
  });

  test('the button of the list page closes and shows the list with a notice', async () => {
    const list = await request(app(office)).get('/scorecards?period=2026-10').expect(200);
    expect(list.text).toContain('action="/scorecards/2026-10/close"');

    const { headers } = await request(app(office))
      .post('/scorecards/2026-10/close')
      .type('form')
      .send({ _csrf: testCsrfToken })
      .expect(303);

    const after = await request(app(office))
      .get(headers['location'] ?? '')
      .expect(200);
    expect(after.text).toContain('2026年10月已结账。');
    expect(after.text).not.toContain('action="/scorecards/2026-10/close"');
  });

  test('a month before its day has no button, and nobody but the office sees one', async () => {
    const open = await request(app(office)).get('/scorecards?period=2026-11').expect(200);
    const seen = await request(app(director)).get('/scorecards?period=2026-10').expect(200);

    expect(open.text).not.toContain('/close"');
    expect(open.text).toContain('2026-12-13 08:00');
    expect(seen.text).not.toContain('/close"');
  });
});

describe('reading over HTTP', () => {
  test('the list is cut to what the caller may see, the hospital first', async () => {
    await close(office).expect(201);

    const all = await request(app(director)).get('/api/v1/scorecards/2026-10').expect(200);
    const own = await request(app(head)).get('/api/v1/scorecards/2026-10').expect(200);

    expect(all.body).toMatchObject({ period: '2026-10', revision: 1, provisional: false });
    const codes = (body: unknown) => (body as Listed).scorecards.map(({ departmentCode }) => departmentCode);
    expect(codes(all.body)).toEqual(['hospital', 'billing', 'cardiology', 'surgery']);
    expect(codes(own.body)).toEqual(['cardiology']);
    expect((all.body as Listed).scorecards.map(({ n }) => n)).toEqual([103, 0, 100, null]);
  });

  test.each(['2026-10', '2026-11', '2026-Q4'])(
    'a head of all departments sees in the list of %s what single cards give: every department, not the hospital',
    async (period) => {
      await close(office).expect(201);
      const ofAll = person('head', 'all');
      const api = `/api/v1/scorecards/${period}`;

      const list = (await request(app(ofAll)).get(api).expect(200)).body as Listed;
      const page = await request(app(ofAll)).get(`/scorecards?period=${period}`).expect(200);

      const codes = list.scorecards.map(({ departmentCode }) => departmentCode);
      expect(codes).toEqual(['billing', 'cardiology', 'surgery']);
      expect(await status(ofAll, `${api}/hospital`)).toBe(403);
      expect(page.text).toContain(`/scorecards/${period}/surgery`);
      expect(page.text).not.toContain(`/scorecards/${period}/hospital`);
    },
  );

  test('a scorecard is presented JSON with hash and closing, private, and 304 when unchanged', async () => {
    const closed = await close(office).expect(201);
    const record = closed.body as { readonly cutoffAt: string; readonly closedAt: string };

    const answer = await request(app(head)).get('/api/v1/scorecards/2026-10/cardiology').expect(200);

    expect(answer.body).toMatchObject({
      departmentCode: 'cardiology',
      revision: 1,
      cutoffAt: record.cutoffAt,
      closedAt: record.closedAt,
      sections: [{ items: [{ code: 'attitude', n: 100, satisfied: { x: 100, value: 1 } }, {}] }],
    });
    expect((answer.body as { contentHash: string }).contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(answer.headers['cache-control']).toBe('private, no-cache');
    await request(app(head))
      .get('/api/v1/scorecards/2026-10/cardiology')
      .set('If-None-Match', answer.headers['etag'] ?? '')
      .expect(304);
  });

  test('three answers of a department leave the server in no form', async () => {
    await close(office).expect(201);

    const answer = await request(app(office)).get('/api/v1/scorecards/2026-10/surgery').expect(200);

    expect(answer.body).toMatchObject({
      sections: [{ level: 'hidden', items: [], dimensions: [], responses: { complete: null, byMode: [] } }],
    });
  });

  test('a head sees neither another department nor the hospital, a nurse no scorecard, a stranger the login', async () => {
    await close(office).expect(201);

    expect(await status(head, '/scorecards/2026-10/cardiology')).toBe(200);
    expect(await status(head, '/scorecards/2026-10/surgery')).toBe(403);
    expect(await status(head, '/api/v1/scorecards/2026-10/hospital')).toBe(403);
    expect(await status(person('nurse', ['cardiology']), '/scorecards')).toBe(403);
    expect(await status(null, '/scorecards/2026-10/cardiology')).toBe(303);
  });

  test.each([
    ['an unknown department', '2026-10/unknown', 404],
    ['a month to come', '2027-01/cardiology', 404],
    ['a month in which nothing happened', '2025-01/cardiology', 404],
    ['an unknown revision', '2026-10/cardiology?revision=2', 404],
    ['a revision that is no number', '2026-10/cardiology?revision=x', 400],
    ['no month', '2026-1/cardiology', 422],
    ['the revision that stands', '2026-10/cardiology?revision=1', 200],
  ])('%s is answered alike as page and JSON', async (_name, path, expected) => {
    await close(office).expect(201);

    const page = await request(app(office)).get(`/scorecards/${path}`);
    const json = await request(app(office)).get(`/api/v1/scorecards/${path}`);

    expect([page.status, json.status]).toEqual([expected, expected]);
  });

  test('before closing the same address shows the 快报, marked, coarse and without hash', async () => {
    const page = await request(app(head)).get('/scorecards/2026-10/cardiology').expect(200);
    const json = await request(app(head)).get('/api/v1/scorecards/2026-10/cardiology').expect(200);

    expect(page.text).toContain('快报（未定稿）');
    expect(json.body).toMatchObject({
      provisional: true,
      revision: null,
      contentHash: null,
      verdict: 'provisional',
    });
    expect(await world.slice.periods.latest('2026-10')).toBeNull();
  });

  test('the 快报 stands still for ten minutes, however often it is looked at', async () => {
    world.now = new Date('2026-11-13T00:11:00Z');
    const first = await look();
    world.answers.get('2026-10')?.push({ count: 40, chosen: { overall: 'poor' } });
    world.now = new Date('2026-11-13T00:19:00Z');

    expect(await look()).toEqual(first);
    world.now = new Date('2026-11-13T00:41:00Z');
    expect(await look()).not.toEqual(first);
  });

  test('the present month has a page even before the first answer', async () => {
    const page = await request(app(head)).get('/scorecards/2026-11/cardiology').expect(200);

    expect(page.text).toContain('本月无有效问卷');
  });

  test('a list without a month shows the newest closed one', async () => {
    await close(office).expect(201);

    const { text } = await request(app(head)).get('/scorecards').expect(200);

    expect(text).toContain('href="/scorecards/2026-10/cardiology"');
    expect(text).not.toContain('/scorecards/2026-10/surgery');
  });
});
