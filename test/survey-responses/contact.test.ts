import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { openSurveyWorld, pageFields, submission } from './survey-world.ts';
import type { SurveyWorld } from './survey-world.ts';

let world: SurveyWorld;
beforeAll(async () => {
  world = await openSurveyWorld();
});
beforeEach(async () => {
  world.kept.length = 0;
  await world.clear();
});
afterAll(() => world.database.drop());

const post = (fields: Record<string, string>) =>
  request(world.app()).post('/s/internal-medicine?lang=zh-Hans').type('form').send(fields);
const send = (body: object) => request(world.app()).post('/api/v1/survey-responses').send(body);

describe('the contact a patient leaves', () => {
  test('is kept first and apart: the answer holds nothing of it', async () => {
    const answer = await post(pageFields({ 'contact.reachAt': ' 13812341234 ', 'contact.name': '欧阳' }));

    expect(answer.status).toBe(303);
    expect(world.kept).toMatchObject([{ reachAt: '13812341234', name: '欧阳', rows: 0 }]);
    expect(JSON.stringify(await world.rows())).not.toMatch(/13812341234|欧阳|contact/);
  });

  test('an answer without one writes nothing but itself', async () => {
    await post(pageFields({ 'contact.reachAt': ' ', 'contact.name': '' }));

    expect(world.kept).toEqual([]);
    expect(await world.rows()).toHaveLength(1);
  });

  test('that nobody can be reached at is said, and everything typed stays', async () => {
    const page = await post(pageFields({ 'contact.reachAt': '12', 'contact.name': '欧阳' }));

    expect(page.status).toBe(422);
    expect(page.text).toContain('href="#contact-reach-at"');
    expect(page.text).toContain('value="欧阳"');
    expect(page.text).toContain('<details class="contact" open>');
    expect([world.kept, await world.rows()]).toEqual([[], []]);
  });

  test.each([
    ['/contact/reachAt', 'contact_unusable', { name: '王' }],
    ['/contact/reachAt', 'contact_unusable', { reachAt: '1'.repeat(65) }],
    ['/contact/name', 'contact_name', { reachAt: '13812341234', name: '王'.repeat(41) }],
  ])('is refused by the API at %s as %s', async (pointer, code, contact) => {
    const answer = await send(submission({ contact }));

    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer, code }] });
  });

  test('changes nothing of whether two answers are the same', async () => {
    const first = submission({ contact: { reachAt: '13812341234' } });

    expect((await send(first)).status).toBe(201);
    expect((await send({ ...first, contact: undefined })).status).toBe(200);
  });
});
