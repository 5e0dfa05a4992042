import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createTestApp, testCsrfToken } from '../support/test-app.ts';
import { discharge, nurseOf, openFollowUpWorld, renderPage } from './follow-up-world.ts';
import type { FollowUpWorld } from './follow-up-world.ts';

let world: FollowUpWorld;
let callId: string;
const wang = nurseOf('wang', 'cardiology');
const li = nurseOf('li', 'cardiology');

beforeEach(async () => {
  world = await openFollowUpWorld();
  const { results } = await world.register(discharge('ZY001'));
  callId = results[0]?.callId ?? '';
  world.goTo('2026-11-03', '09:30');
});
afterEach(async () => {
  await world.database.drop();
});

const appOf = (principal = wang): ReturnType<typeof createTestApp> =>
  createTestApp({ renderPage, routes: world.pages, principal });
const get = (path: string, principal = wang): request.Test => request(appOf(principal)).get(path);
const post = (path: string, fields: Record<string, string> = {}, principal = wang): request.Test =>
  request(appOf(principal))
    .post(path)
    .type('form')
    .send({ _csrf: testCsrfToken, ...fields });
const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
const openCall = async (): Promise<Record<string, string>> => {
  await post(`/worklist/${callId}/claim`);
  const { text } = await get(`/worklist/${callId}`);
  const names = ['attemptId', 'submissionId', 'startedAt', 'formId', 'formVersion'];
  return Object.fromEntries(names.map((name) => [name, hidden(text, name)]));
};
const answers = { 'answer.attitude': 'very-satisfied', 'answer.overall': 'satisfied', answeredBy: 'family' };

describe('the worklist page', () => {
  test('lists what is due without a name or a number, and takes a call with one button', async () => {
    const page = await get('/worklist');
    expect(page.status).toBe(200);
    expect(page.text).toContain('心血管内科');
    expect(page.text).toContain('领取并拨打');
    expect(page.text).not.toMatch(/欧阳|1381234|138 1234/);

    const taken = await post(`/worklist/${callId}/claim`);
    expect(taken.status).toBe(303);
    expect(decodeURIComponent(taken.headers['location'] ?? '')).toBe(`/worklist/${callId}`);
  });

  test.each(['zh-Hant', 'en'])('has all its words in %s', async (locale) => {
    const page = await get(`/worklist?lang=${locale}&state=closed`);
    expect(page.status).toBe(200);
    expect(page.text).toContain(`lang="${locale}"`);
  });

  test('says so when nobody is to be called, and when it is not the hour', async () => {
    world.goTo('2026-11-02', '12:30');
    const page = await get('/worklist');
    expect(page.text).toContain('现在没有该拨的电话');
    expect(page.text).toContain('现在不是拨打时段');
  });
});

describe('the call page', () => {
  test('shows name and number to the nurse who took the call, and records that it did', async () => {
    await openCall();
    const { text, headers } = await get(`/worklist/${callId}`);

    expect(text).toContain('欧阳娜娜');
    expect(text).toContain('href="tel:13812341234"');
    expect(headers['cache-control']).toBe('no-store');
    expect(world.audit.at(-1)).toMatchObject({
      actor: 'a-wang',
      action: 'identity.read',
      subject: `follow-up-call/${callId}`,
    });
  });

  test('shows nothing to a nurse who did not take it', async () => {
    await openCall();
    const before = world.audit.length;

    const other = await get(`/worklist/${callId}`, li);
    const foreign = await get(`/worklist/${callId}`, nurseOf('surgeon', 'surgery'));

    expect([other.status, other.headers['location']]).toEqual([303, '/worklist?notice=claimed']);
    expect(foreign.status).toBe(404);
    expect(world.audit).toHaveLength(before);
  });

  test('saves a finished interview, answers with a redirect, and takes a second click for the same', async () => {
    const fields = { ...(await openCall()), disposition: 'complete', ...answers, comment: '很好' };
    world.goTo('2026-11-03', '09:35');

    const [first, second] = await Promise.all([
      post(`/worklist/${callId}`, fields),
      post(`/worklist/${callId}`, fields),
    ]);
    world.goTo('2026-11-03', '09:37');
    const third = await post(`/worklist/${callId}`, fields);

    for (const answer of [first, second, third]) {
      expect([answer.status, answer.headers['location']]).toEqual([303, '/worklist?notice=logged']);
    }
    expect(await world.responses()).toMatchObject([{ answeredBy: 'family', comment: '很好' }]);
    expect((await world.calls())[0]?.['attempts']).toMatchObject([
      { disposition: 'complete', durationSeconds: 300 },
    ]);
  });

  test('keeps everything that was typed when something is missing, and says where', async () => {
    const own = await openCall();
    const fields = { ...own, disposition: 'deceased', note: '', comment: '家属很难过' };

    const page = await post(`/worklist/${callId}`, fields);

    expect(page.status).toBe(422);
    expect(page.text).toMatch(/href="#note">这个结果需要写备注/);
    expect(page.text).toMatch(/href="#interview">填了问卷/);
    expect(page.text).toContain('家属很难过');
    expect(page.text).toMatch(/value="deceased" checked/);
    expect(hidden(page.text, 'attemptId')).toBe(own['attemptId']);
  });

  test('asks for the outcome when none was chosen', async () => {
    const page = await post(`/worklist/${callId}`, { ...(await openCall()), note: '写了一半' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('请选择拨打结果');
    expect(page.text).toContain('写了一半');
  });

  test('takes a time agreed with the patient as the hospital’s clock shows it', async () => {
    const fields = { ...(await openCall()), disposition: 'call-back', callBackAt: '2026-11-05T10:15' };

    await post(`/worklist/${callId}`, fields);

    expect((await world.calls())[0]?.['nextAttemptAt']).toEqual(new Date('2026-11-05T02:15:00Z'));
  });

  test('does not lose what was typed when the claim ran out meanwhile', async () => {
    const fields = { ...(await openCall()), disposition: 'call-back', note: '下周再说' };
    world.goTo('2026-11-03', '10:30');

    const page = await post(`/worklist/${callId}`, fields);

    expect(page.status).toBe(422);
    expect(page.text).toContain('下周再说');
  });

  test('refuses a post without the token of the session', async () => {
    const answer = await post(`/worklist/${callId}/claim`, { _csrf: 'other' });
    expect(answer.status).toBe(403);
  });

  test('gives the call back to the list', async () => {
    await openCall();
    expect((await post(`/worklist/${callId}/release`)).headers['location']).toBe('/worklist?notice=released');
    expect((await post(`/worklist/${callId}/claim`, {}, li)).headers['location']).toContain('/worklist/');
  });

  test('shows an earlier note to the next nurse, and to nobody else', async () => {
    await post(`/worklist/${callId}`, {
      ...(await openCall()),
      disposition: 'no-answer',
      note: '请打女儿电话',
    });
    world.goTo('2026-11-03', '14:10');
    await post(`/worklist/${callId}/claim`, {}, li);

    expect((await get(`/worklist/${callId}`, li)).text).toContain('请打女儿电话');
    expect((await get('/worklist', wang)).text).not.toContain('请打女儿电话');
  });
});

const heartbeat = (principal = wang): request.Test => post(`/worklist/${callId}/heartbeat`, {}, principal);

describe('a call page that says it is still open', () => {
  test('keeps the claim for its minutes from then on', async () => {
    await post(`/worklist/${callId}/claim`);
    world.goTo('2026-11-03', '09:44');
    const kept = await heartbeat();
    world.goTo('2026-11-03', '09:58');

    expect([kept.status, (await get(`/worklist/${callId}`)).status]).toEqual([204, 200]);
  });

  test('takes no call that is not claimed any more, or by somebody else, or not at all', async () => {
    const unclaimed = await heartbeat();
    await post(`/worklist/${callId}/claim`);
    const others = await heartbeat(li);
    world.goTo('2026-11-03', '09:45');
    const late = await heartbeat();
    const taken = await post(`/worklist/${callId}/claim`, {}, li);

    expect([unclaimed.status, others.status, late.status]).toEqual([409, 409, 409]);
    expect(decodeURIComponent(taken.headers['location'] ?? '')).toBe(`/worklist/${callId}`);
  });
});
