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

const send = (body: object) => request(world.app()).post('/api/v1/survey-responses').send(body);
const page = (path: string) => request(world.app()).get(path);

describe('praise on the form page', () => {
  test('offers the department’s colleagues with their posts, and words where there are none', async () => {
    const withStaff = await page('/s/internal-medicine?lang=zh-Hans');
    const without = await page('/s/surgery?lang=zh-Hans');

    expect(withStaff.text).toMatch(/<select id="q-praise-who" name="praise.staffNumber">/);
    expect(withStaff.text).toContain('<option value="N7">王芳（护士）</option>');
    expect(without.text).not.toContain('<select');
    expect(without.text).toContain('name="praise.text"');
  });

  test('is stored beside the answers, which know nothing of it', async () => {
    const fields = pageFields({ 'praise.staffNumber': 'N7', 'praise.text': ' 很耐心 ' });

    await request(world.app()).post('/s/internal-medicine').type('form').send(fields);

    expect(await world.rows()).toMatchObject([
      {
        praise: { staffNumber: 'N7', text: '很耐心' },
        answers: [{ item: 'overall', option: 'satisfied' }],
        texts: [],
      },
    ]);
  });

  test('who is not of the department cannot be praised there; everything else stays on the page', async () => {
    const fields = pageFields({ 'praise.staffNumber': 'X9', 'praise.text': '谢谢', comment: '都好' });

    const again = await request(world.app())
      .post('/s/internal-medicine?lang=zh-Hans')
      .type('form')
      .send(fields);

    expect(again.status).toBe(422);
    expect(again.text).toContain('href="#q-praise-who"');
    expect(again.text).toContain('名单里没有这位职工');
    expect(again.text).toContain('谢谢</textarea>');
    expect(await world.rows()).toEqual([]);
  });
});

describe('praise through the API', () => {
  test.each([
    ['/praise/staffNumber', 'unknown_colleague', { praise: { staffNumber: 'X9' } }],
    [
      '/praise/staffNumber',
      'unknown_colleague',
      { praise: { staffNumber: 'N7' }, departmentCode: 'surgery' },
    ],
    ['/praise/text', 'praise_too_long', { praise: { text: '好'.repeat(2001) } }],
    ['/praise/text', 'praise_illegal_characters', { praise: { text: '\u0000' } }],
  ])('reports at %s the fault %s', async (pointer, code, changes) => {
    const answer = await send(submission(changes));

    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer, code }] });
  });

  test('another praise under the same id is another answer', async () => {
    const first = submission({ praise: { staffNumber: 'N7' } });
    await send(first).expect(201);

    expect((await send(first)).status).toBe(200);
    expect((await send({ ...first, praise: { staffNumber: 'D1' } })).status).toBe(409);
  });

  test('a blank praise is none', async () => {
    await send(submission({ praise: { staffNumber: '', text: '  ' } })).expect(201);

    expect(await world.rows()).toMatchObject([{ praise: null }]);
  });

  test('is counted by colleague, department and month, up to the cut-off, without reading answers that praise nobody', async () => {
    for (const staffNumber of ['N7', 'N7', 'D1'])
      await send(submission({ praise: { staffNumber } })).expect(201);
    await send(submission({ praise: { text: '都好' } })).expect(201);
    world.setNow('2026-10-25T04:00:00Z');
    await send(submission({ praise: { staffNumber: 'D1' } })).expect(201);
    world.setNow('2026-10-20T04:00:00Z');
    const before = new Date('2026-10-24T00:00:00Z');

    const counts = await world.slice.countPraise('2026-10', 'internal-medicine', before);

    expect(counts.toSorted((a, b) => a.count - b.count)).toEqual([
      { staffNumber: 'D1', count: 1 },
      { staffNumber: 'N7', count: 2 },
    ]);
    expect(await world.slice.countPraise('2026-11', 'internal-medicine', before)).toEqual([]);
    expect(await world.slice.countPraise('2026-10', 'surgery', before)).toEqual([]);
  });
});
