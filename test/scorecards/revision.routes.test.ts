import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import request from 'supertest';
import type { Principal } from '../../src/shared/principal.ts';
import { openScorecardsWorld, person } from '../support/scorecards-world.ts';
import type { ScorecardsWorld } from '../support/scorecards-world.ts';
import { createTestApp, testCsrfToken } from '../support/test-app.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const reason = '补录纸质问卷二十份';
let database: TestDatabase;
let world: ScorecardsWorld;

beforeEach(async () => {
  database = await openTestDatabase();
  world = openScorecardsWorld(database.connection);
  await database.buildIndexes();
  const receivedAt = new Date('2026-11-16T01:00:00Z');
  const late = { mode: 'paper' as const, chosen: { attitude: 'poor', overall: 'poor' } };
  world.answers.set('2026-10', [
    { count: 100, chosen: { attitude: 'very', overall: 'very' } },
    { ...late, count: 20, receivedAt },
    { ...late, count: 9, departmentCode: 'surgery', receivedAt: new Date('2026-11-18T01:00:00Z') },
    { ...late, count: 3, departmentCode: 'billing', receivedAt },
  ]);
  await world.slice.closeMonth.close('2026-10', 'system');
  world.now = new Date('2026-11-20T01:00:00Z');
});

afterEach(async () => {
  await database.drop();
});

const office = person('office', 'all');
const head = person('head', ['cardiology']);
const director = person('director', 'all');

const app = (principal: Principal | null): Express =>
  createTestApp({
    routes: [
      ...world.revisions.routes,
      ...world.slice.routes,
      ...world.slice.pages,
      ...world.revisions.pages,
    ],
    principal,
  });

const revise = (principal: Principal | null, body: object, period: string = '2026-10') =>
  request(app(principal))
    .post(`/api/v1/scorecards/${period}/revisions`)
    .set('x-csrf-token', testCsrfToken)
    .send(body);

const sendForm = (fields: object) =>
  request(app(office))
    .post('/office/late-answers/2026-10/revisions')
    .type('form')
    .send({ _csrf: testCsrfToken, base: '1', ...fields });

const statuses = async (path: string): Promise<readonly number[]> =>
  Promise.all([head, director, office].map(async (who) => (await request(app(who)).get(path)).status));

describe('late answers', () => {
  test('are counts by department, form and mode with the days they came; small ones and what tells them are null', async () => {
    const answer = await request(app(office)).get('/api/v1/scorecards/2026-10/late-answers').expect(200);

    expect(answer.body).toMatchObject({
      period: '2026-10',
      revisions: [{ revision: 1 }],
      total: 32,
      rows: [
        { departmentCode: 'cardiology', formId: 'outpatient', mode: 'paper', n: 20 },
        { departmentCode: 'surgery', n: null, firstReceivedAt: '2026-11-18T01:00:00.000Z' },
        { departmentCode: 'billing', n: null },
      ],
    });
    expect(answer.text).not.toMatch(/attitude|poor/u);
  });

  test('are for the office and the director, as page and JSON', async () => {
    expect(await statuses('/api/v1/scorecards/2026-10/late-answers')).toEqual([403, 200, 200]);
    expect(await statuses('/office/late-answers/2026-10')).toEqual([403, 200, 200]);
  });

  test('are figures only for the director: no moment of a few answers, and nothing to revise with', async () => {
    const json = await request(app(director)).get('/api/v1/scorecards/2026-10/late-answers').expect(200);
    const page = await request(app(director)).get('/office/late-answers/2026-10?lang=en').expect(200);

    expect(json.body).toMatchObject({
      total: 32,
      rows: [
        { departmentCode: 'cardiology', n: 20, firstReceivedAt: '2026-11-16T01:00:00.000Z' },
        { departmentCode: 'surgery', n: null, firstReceivedAt: null, lastReceivedAt: null },
        { departmentCode: 'billing', n: null, firstReceivedAt: null, lastReceivedAt: null },
      ],
    });
    expect(page.text).toContain('id="revisions"');
    expect(page.text).toContain('2026-11-16');
    expect(page.text).not.toContain('2026-11-18');
    expect(page.text).not.toContain('<textarea');
    expect((await revise(director, { reason })).status).toBe(403);
    const list = await request(app(director)).get('/scorecards?period=2026-10').expect(200);
    expect(list.text).toContain('/office/late-answers/2026-10');
  });

  test('of an open month are none, and the page says why no revision is needed', async () => {
    const { text } = await request(app(office)).get('/office/late-answers/2026-11').expect(200);

    expect(text).toContain('本月尚未结账，收到的答卷都会计入，不需要修订。');
    expect(text).not.toContain('<textarea');
  });
});

describe('a revision over HTTP', () => {
  test('is 201 with its record, 200 when asked for again, audited without the reason, and wakes the mails', async () => {
    const first = await revise(office, { reason }).expect(201);
    const again = await revise(office, { reason }).expect(200);

    expect(first.body).toMatchObject({ revision: 2, reason, closedBy: 'account-office' });
    expect(again.body).toEqual(first.body);
    expect(world.audit.map(({ action, subject, outcome }) => [action, subject, outcome])).toEqual([
      ['scorecard.revise', 'period/2026-10', 'attempted'],
      ['scorecard.revise', 'period/2026-10', 'succeeded'],
      ['scorecard.revise', 'period/2026-10', 'attempted'],
      ['scorecard.revise', 'period/2026-10', 'succeeded'],
    ]);
    expect(JSON.stringify(world.audit)).not.toContain(reason);
    expect(world.woken).toBe(2);
  });

  test.each([
    ['without a reason', {}, 400],
    ['with four characters', { reason: '补录四份' }, 400],
    ['with 501 characters', { reason: '补'.repeat(501) }, 400],
    ['with a control character', { reason: '补录纸质\u0007问卷' }, 400],
    ['of a revision nobody made', { reason, base: 7 }, 409],
  ])('%s is refused', async (_name, body, status) => {
    await revise(office, body).expect(status);
    expect(await world.slice.periods.revisions('2026-10')).toHaveLength(1);
  });

  test('is for the office alone, needs the session’s token, and a month that is closed', async () => {
    await revise(null, { reason }).expect(401);
    await revise(head, { reason }).expect(403);
    await revise(person('admin', 'all'), { reason }).expect(403);
    await request(app(office)).post('/api/v1/scorecards/2026-10/revisions').send({ reason }).expect(403);
    expect((await revise(office, { reason }, '2026-11').expect(409)).body).toMatchObject({
      code: 'period_not_closed',
    });
  });

  test('by the page leads back to it with a notice; what is too short comes back as it was typed', async () => {
    const short = await sendForm({ reason: '补录' }).expect(422);
    expect(short.text).toContain('修订原因至少 5 个字');
    expect(short.text).toContain('>补录</textarea>');

    const { headers } = await sendForm({ reason: `补录纸质问卷\r\n二十份` }).expect(303);
    const { text } = await request(app(office)).get(headers['location'] ?? '');

    expect(text).toContain('已生成第 2 版');
    expect(text).toContain('补录纸质问卷 二十份');
  });

  test('a form looked at before somebody else’s revision comes back with what was typed', async () => {
    await revise(office, { reason }).expect(201);

    const { text } = await sendForm({ reason: '我也来修订一次' }).expect(409);

    expect(text).toContain('这个月刚有人做过修订');
    expect(text).toContain('>我也来修订一次</textarea>');
  });

  test('the scorecard says why and what changed, and both revisions stay readable', async () => {
    await revise(office, { reason }).expect(201);

    const newest = await request(app(head)).get('/scorecards/2026-10/cardiology').expect(200);
    const first = await request(app(head)).get('/scorecards/2026-10/cardiology?revision=1').expect(200);
    const json = await request(app(head)).get('/api/v1/scorecards/2026-10/cardiology').expect(200);

    expect(newest.text).toContain('更正说明：本月报为第 2 版，代替第 1 版');
    expect(newest.text).toContain(reason);
    // 100 of 100 in time, 20 late ones not satisfied: 100 of 120.
    expect(newest.text).toContain('outpatient“attitude”满意率：100.0%（100 份） → 83.3%（120 份）');
    expect(first.text).toContain('本月报已有更正，请看第 2 版');
    expect(first.text).not.toContain('更正说明');
    expect(json.body).toMatchObject({
      revision: 2,
      latestRevision: 2,
      revisionNote: {
        against: 1,
        reason,
        changes: [{ kind: 'responses', before: 100, after: 120 }, { kind: 'item', code: 'attitude' }, {}],
      },
    });
  });

  test('the mail is a correction that names the reason in its subject and tells what changed', async () => {
    await revise(office, { reason }).expect(201);

    const mail = await world.slice.renderScorecardMail('2026-10', 'cardiology', 2, 'zh-Hans');

    expect(mail.subject.trim()).toBe(
      '更正：dept cardiology 2026年10月满意度月报（第 2 版，原因：补录纸质问卷二十份）',
    );
    for (const body of [mail.text, mail.html]) {
      expect(body).toContain('更正说明：本月报为第 2 版，代替第 1 版');
      expect(body).toContain('100.0%（100 份） → 83.3%（120 份）');
    }
  });
});
