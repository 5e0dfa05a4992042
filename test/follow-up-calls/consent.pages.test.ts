import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { createTestApp, testCsrfToken } from '../support/test-app.ts';
import { discharge, nurseOf, openFollowUpWorld, renderPage } from './follow-up-world.ts';
import type { FollowUpWorld } from './follow-up-world.ts';

let world: FollowUpWorld;
const wang = nurseOf('wang', 'cardiology');

beforeEach(async () => {
  world = await openFollowUpWorld();
  await world.register(
    discharge('ZY001', { patientNo: 'P1', visitNo: 1 }),
    discharge('ZY009', { patientName: '李四', phone: '13900000009' }),
  );
  world.goTo('2026-11-03', '09:30');
});
afterEach(() => world.database.drop());

const app = () => createTestApp({ renderPage, routes: [...world.routes, ...world.pages], principal: wang });
const calls = async (): Promise<readonly object[]> =>
  ((await request(app()).get('/api/v1/follow-up-calls?state=open')).body as { calls: object[] }).calls;
const post = (path: string, fields: object) =>
  request(app())
    .post(path)
    .type('form')
    .send({ _csrf: testCsrfToken, ...fields });

describe('the page of consents', () => {
  test('finds somebody by telephone on a page, never in an address, and records there', async () => {
    const found = await post('/office/consents?lang=zh-Hans', { phone: '138 1234 1234' });
    const id = /name="dischargeId" value="([^"]+)"/.exec(found.text)?.[1] ?? '';
    const consentId = /name="consentId" value="([^"]+)"/.exec(found.text)?.[1] ?? '';
    const done = await post('/office/consents/record?lang=zh-Hans', {
      phone: '138 1234 1234',
      dischargeId: id,
      consentId,
      purpose: 'satisfaction-call',
      state: 'withdrawn',
      channel: 'phone',
    });

    expect(found.text).toContain('没有说过');
    expect(found.text).not.toContain('欧阳娜娜');
    expect(done.text).toContain('已记下，现在生效');
    expect(done.text).toContain('<strong>撤回同意</strong>');
    expect(await calls()).toHaveLength(1);
    const readings = world.audit.filter(({ action }) => action === 'identity.read');
    expect(readings.map(({ subject }) => subject)).toContain(`discharge/${id}`);
    expect(JSON.stringify(world.audit)).not.toMatch(/13812|withdrawn/);
  });

  test.each([
    ['zh-Hans', '只是记下', '已记下，现在生效。', '只记录，不会据此停止什么'],
    ['zh-Hant', '只是記下', '已記下，現在生效。', '只記錄，不會據此停止什麼'],
    ['en', 'only kept', 'Recorded; it holds now.', 'only keeps the record'],
  ])('says in %s which purpose stops something and which is only kept', async (lang, hint, holds, kept) => {
    const found = await post(`/office/consents?lang=${lang}`, { phone: '138 1234 1234' });
    const recorded = async (purpose: string): Promise<string> => {
      const dischargeId = /name="dischargeId" value="([^"]+)"/.exec(found.text)?.[1] ?? '';
      const given = { dischargeId, consentId: randomUUID(), purpose, state: 'refused', channel: 'phone' };
      return (await post(`/office/consents/record?lang=${lang}`, { phone: '138 1234 1234', ...given })).text;
    };

    expect(found.text.match(new RegExp(hint, 'g'))).toHaveLength(2);
    for (const purpose of ['clinical-follow-up', 'satisfaction-link', 'publication'])
      expect(await recorded(purpose)).toContain(kept);
    expect(await recorded('satisfaction-call')).toContain(holds);
  });

  test('begins with nothing chosen, and keeps what was chosen when it cannot be recorded', async () => {
    const page = await post('/office/consents?lang=zh-Hans', { phone: '138 1234 1234' });
    const told = await post('/office/consents/told?lang=zh-Hans', {
      consentId: '11111111-1111-4111-8111-111111111111',
      purpose: 'publication',
      state: 'refused',
      channel: 'letter',
      phone: '138 1234 1234',
    });

    expect(page.text).not.toContain(' selected');
    expect(page.text.match(/<select[^>]* required><option value="">/g)).toHaveLength(6);
    expect(told.status).toBe(422);
    expect(told.text.match(/<option value="[a-z-]+" selected>/g)).toEqual([
      '<option value="publication" selected>',
      '<option value="refused" selected>',
      '<option value="letter" selected>',
    ]);
    expect(world.audit.filter(({ action }) => action === 'consent.record')).toEqual([]);
  });
});
