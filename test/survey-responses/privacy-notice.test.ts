import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { openSurveyWorld, pageFields, submission } from './survey-world.ts';
import type { SurveyWorld } from './survey-world.ts';

let world: SurveyWorld;
beforeAll(async () => {
  world = await openSurveyWorld();
});
beforeEach(() => world.clear());
afterAll(() => world.database.drop());

const post = (fields: Record<string, string>) =>
  request(world.app()).post('/s/internal-medicine?lang=zh-Hans').type('form').send(fields);
const send = (body: object) => request(world.app()).post('/api/v1/survey-responses').send(body);

describe('the privacy notice', () => {
  test('stands on the form without a script: a line, the whole text behind one tap, its version in the form', async () => {
    const page = await request(world.app()).get('/s/internal-medicine?lang=zh-Hans');

    expect(page.text).toContain('您的回答只用来改进服务');
    expect(page.text).toContain('<summary>查看隐私告知全文</summary>');
    expect(page.text).toContain('当场就改');
    expect(page.text).toContain('name="noticeVersion" value="2026-1"');
  });

  test('has a page of its own in each language', async () => {
    const page = await request(world.app()).get('/privacy?lang=en');

    expect(page.status).toBe(200);
    expect(page.text).toContain('You may refuse, and change your mind');
  });

  test('its version is stored with the answer', async () => {
    await post(pageFields({ noticeVersion: '2026-1' }));

    expect(await world.rows()).toMatchObject([{ noticeVersion: '2026-1' }]);
  });

  test('an answer that names none, or one that is unknown, is taken and stores none', async () => {
    expect((await send(submission())).status).toBe(201);
    expect((await send(submission({ noticeVersion: 'of-another-hospital' }))).status).toBe(201);

    expect((await world.rows()).filter((row) => 'noticeVersion' in row)).toEqual([]);
  });

  test('a replay under another version is still the same answer', async () => {
    const first = submission({ noticeVersion: '2026-1' });

    expect((await send(first)).status).toBe(201);
    expect((await send({ ...first, noticeVersion: undefined })).status).toBe(200);
    expect(await world.rows()).toMatchObject([{ noticeVersion: '2026-1' }]);
  });
});

describe('consent to publication', () => {
  test('is a box that nobody has ticked, and without a tick nothing is stored', async () => {
    const page = await request(world.app()).get('/s/internal-medicine?lang=zh-Hans');
    await post(pageFields({ comment: '很好' }));

    expect(page.text).toContain('<input type="checkbox" name="mayPublish" value="yes">');
    expect((await world.rows()).filter((row) => 'mayPublish' in row)).toEqual([]);
  });

  test('is stored with the answer when it was given', async () => {
    await post(pageFields({ comment: '很好', mayPublish: 'yes' }));

    expect(await world.rows()).toMatchObject([{ mayPublish: true }]);
  });

  test('stays ticked on a page that is shown again', async () => {
    const page = await post(pageFields({ mayPublish: 'yes', 'contact.reachAt': '1' }));

    expect(page.status).toBe(422);
    expect(page.text).toContain('name="mayPublish" value="yes" checked>');
  });

  test('a no is never acknowledged as the replay of a yes', async () => {
    const first = submission({ comment: '很好', mayPublish: true });

    expect((await send(first)).status).toBe(201);
    expect((await send(first)).status).toBe(200);
    expect((await send({ ...first, mayPublish: false })).status).toBe(409);
  });

  test('a no and nothing said are the same', async () => {
    const first = submission({ comment: '很好', mayPublish: false });

    expect((await send(first)).status).toBe(201);
    expect((await send({ ...first, mayPublish: undefined })).status).toBe(200);
  });
});
