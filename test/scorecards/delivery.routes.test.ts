import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import request from 'supertest';
import type { DeliveriesSlice } from '../../src/scorecards/deliveries.wiring.ts';
import type { Delivery } from '../../src/scorecards/delivery.ts';
import { head, openLedgerWorld } from '../support/delivery-ledger.ts';
import type { LedgerWorld } from '../support/delivery-ledger.ts';
import { eventually } from '../support/eventually.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpTestServer } from '../support/smtp-server.ts';
import { createTestApp, testCsrfToken, testTemplates } from '../support/test-app.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const office = {
  accountId: 'account-1',
  username: 'office',
  displayName: '活动办',
  roles: [{ role: 'office', departments: 'all' }],
  mustChangePassword: false,
} as const;

const shell = {
  homeHref: '/',
  languages: [],
  loggedIn: true,
  displayName: '活动办',
  csrfToken: testCsrfToken,
  links: [],
};

let database: TestDatabase;
let server: SmtpTestServer;
let world: LedgerWorld;
let slice: DeliveriesSlice;
let app: Express;

beforeAll(async () => {
  database = await openTestDatabase();
});

beforeEach(async () => {
  await database.connection.dropDatabase();
  server = await startSmtpServer();
  world = openLedgerWorld(database.connection, server.url);
  slice = world.instance({
    shell: () => shell,
    renderPage: testTemplates().page,
  });
  app = createTestApp({ routes: [...slice.routes, ...slice.pages], principal: office });
});

afterEach(async () => {
  await world.mailer.close();
  await server.stop();
});

afterAll(async () => {
  await database.drop();
});

async function rowOf(departmentCode: string): Promise<Delivery> {
  const found = (await world.rows()).find((row) => row.departmentCode === departmentCode);
  if (!found) throw new Error(`no row for ${departmentCode}`);
  return found;
}

function resend(id: string): request.Test {
  return request(app)
    .post(`/api/v1/deliveries/${encodeURIComponent(id)}/resend`)
    .set('x-csrf-token', testCsrfToken);
}

describe('a re-send', () => {
  test('goes out at once under a new Message-ID and is in the audit trail', async () => {
    await slice.reconcile();
    const { id } = await rowOf('cardiology');

    const response = await resend(id);

    expect(response.status).toBe(202);
    expect(response.body).toMatchObject({ id, state: 'queued', sending: 2 });
    await eventually('the second mail', async () => (await rowOf('cardiology')).state === 'accepted');
    const messageIds = server.mails.map(({ parsed }) => parsed.messageId);
    expect(messageIds).toHaveLength(2);
    expect(messageIds[1]).toBe(messageIds[0]?.replace('.1@', '.2@'));
    expect((await rowOf('cardiology')).attempts.map(({ n }) => n)).toEqual([1, 2]);
    expect(world.audit).toEqual([
      expect.objectContaining({
        actor: 'account-1',
        action: 'delivery.resend',
        subject: `delivery/${id}`,
        outcome: 'succeeded',
      }),
    ]);
  });

  test('of an unknown mail is the only way it goes out again', async () => {
    server.behave('li@hospital.test', { at: 'drop-after-data' });
    await slice.reconcile();
    server.behave('li@hospital.test', null);
    const { id, state } = await rowOf('cardiology');
    expect(state).toBe('unknown');

    await resend(id);

    await eventually('the second mail', async () => (await rowOf('cardiology')).state === 'accepted');
    expect(server.mails).toHaveLength(2);
  });

  test('is refused while the mail waits or is being sent', async () => {
    server.behave('li@hospital.test', { at: 'hold' });
    const running = slice.reconcile();
    await server.arrived(1);
    const { id } = await rowOf('cardiology');

    const response = await resend(id);

    expect(response.status).toBe(409);
    expect(response.body).toMatchObject({ code: 'delivery_under_way' });
    expect(world.audit).toMatchObject([{ outcome: 'refused' }]);
    server.release();
    await running;
    expect(server.mails).toHaveLength(1);
  });

  test('asked for 10 times at once is one mail', async () => {
    await slice.reconcile();
    const { id } = await rowOf('cardiology');
    server.behave('li@hospital.test', { at: 'hold' });

    const answers = await Promise.all(Array.from({ length: 10 }, () => resend(id)));
    await server.arrived(2);
    server.release();

    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    await eventually('the second mail', async () => (await rowOf('cardiology')).state === 'accepted');
    expect(server.mails).toHaveLength(2);
  });

  test('of a row that does not exist is 404, of a broken id 400', async () => {
    expect((await resend('2026-09:cardiology:r1:0011223344556677')).status).toBe(404);
    expect((await resend('../../x')).status).toBe(400);
  });
});

describe('the overview', () => {
  beforeEach(async () => {
    world.departments.set('surgery', []);
    world.departments.set('dental', [head('<script>@hospital.test', { name: '<b>赵</b>' })]);
    await slice.reconcile();
  });

  test('lists each mail, and the departments that nobody answers for', async () => {
    const response = await request(app).get('/api/v1/scorecards/2026-09/deliveries');

    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({ period: '2026-09', closed: true, withoutRecipients: ['surgery'] });
    expect(response.body).toHaveProperty('deliveries.length', 2);
  });

  test.each([
    ['zh-Hans', '没有收件人', '邮箱地址不能使用'],
    ['zh-Hant', '沒有收件人', '信箱地址不能使用'],
    ['en', 'Nobody receives it', 'cannot be used'],
  ])('is a page in %s with a button for each mail that has ended', async (locale, nobody, unusable) => {
    const response = await request(app).get('/office/deliveries/2026-09').set('accept-language', locale);

    expect(response.status).toBe(200);
    expect(response.text).toContain(nobody);
    expect(response.text).toContain(unusable);
    expect(response.text).not.toContain('<b>赵');
    expect(response.text.match(/action="\/office\/deliveries\/resend"/g)).toHaveLength(2);
  });

  test("re-sends by the page's button and leads back to the page", async () => {
    const { id } = await rowOf('cardiology');

    const response = await request(app)
      .post('/office/deliveries/resend')
      .type('form')
      .send({ _csrf: testCsrfToken, id, period: '2026-09' });

    expect(response.status).toBe(303);
    expect(response.headers['location']).toBe('/office/deliveries/2026-09');
    await eventually('the second mail', async () => (await rowOf('cardiology')).state === 'accepted');
    expect(server.mailsTo('li@hospital.test')).toHaveLength(2);
  });

  test('does not re-send without the token of the session', async () => {
    const { id } = await rowOf('cardiology');
    const response = await request(app)
      .post('/office/deliveries/resend')
      .type('form')
      .send({ id, period: '2026-09' });
    expect(response.status).toBe(403);
    expect((await rowOf('cardiology')).sending).toBe(1);
  });

  test('of a month that is open says so', async () => {
    const response = await request(app).get('/office/deliveries/2026-10').set('accept-language', 'en');
    expect(response.text).toContain('not closed yet');
    expect((await request(app).get('/office/deliveries')).headers['location']).toBe(
      '/office/deliveries/2026-09',
    );
    expect((await request(app).get('/office/deliveries/2026-13')).status).toBe(400);
  });
});
