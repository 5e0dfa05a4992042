import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { openSurveyWorld, submission } from './survey-world.ts';
import type { SurveyWorld } from './survey-world.ts';

let world: SurveyWorld;
beforeAll(async () => {
  world = await openSurveyWorld();
});
beforeEach(async () => {
  world.setNow('2026-10-20T04:00:00Z');
  await world.clear();
});
afterAll(() => world.database.drop());

const post = (body: object) => request(world.app()).post('/api/v1/survey-responses?lang=zh-Hans').send(body);

interface ProblemBody {
  readonly code: string;
  readonly errors: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
}
const problem = (response: { body: unknown }): ProblemBody => response.body as ProblemBody;
const faults = (response: { body: unknown }): string[] =>
  problem(response).errors.map(({ pointer, code }) => `${pointer} ${code}`);

describe('submitting an answer', () => {
  test('is acknowledged with a receipt that holds nothing of the answer', async () => {
    const body = submission({ comment: '谢谢' });

    const response = await post(body);

    expect(response.status).toBe(201);
    expect(response.body).toEqual({
      submissionId: body.submissionId,
      formId: 'outpatient',
      formVersion: 1,
      period: '2026-10',
      receivedAt: '2026-10-20T04:00:00.000Z',
      completeness: 'partial',
    });
  });

  test('fifty times in parallel under one id stores one row and answers fifty times the same', async () => {
    const body = submission();
    const app = world.app();
    const server = app.listen(0);

    const responses = await Promise.all(
      Array.from({ length: 50 }, () => request(server).post('/api/v1/survey-responses').send(body)),
    );
    server.close();

    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(49);
    expect(await world.rows()).toHaveLength(1);
  });

  test('a later replay gives the first receipt, whatever the letter case of the id', async () => {
    const body = submission();
    const first = await post(body);
    world.setNow('2026-11-03T04:00:00Z');

    const replay = await post({ ...body, submissionId: body.submissionId.toUpperCase() });

    expect(replay.status).toBe(200);
    expect(replay.text).toBe(first.text);
  });

  test.each([
    ['answers', { answers: { overall: 'neutral' } }],
    ['comment', { comment: '改了' }],
    ['department', { departmentCode: 'surgery' }],
    ['version', { formVersion: 2, answers: { overall: 'satisfied' } }],
  ])('another %s under the same id is a conflict and the first stays', async (_what, change) => {
    const body = submission();
    await post(body);
    const before = await world.rows();

    const second = await post({ ...body, ...change });

    expect(second.status).toBe(409);
    expect(problem(second).code).toBe('submission_id_reused');
    expect(await world.rows()).toEqual(before);
  });

  test('two different answers racing under one id store one of them, and the other is told', async () => {
    const body = submission();
    const server = world.app().listen(0);

    const responses = await Promise.all(
      ['satisfied', 'neutral', 'satisfied', 'neutral', 'satisfied', 'neutral'].map((overall) =>
        request(server)
          .post('/api/v1/survey-responses')
          .send({ ...body, answers: { overall } }),
      ),
    );
    server.close();

    expect(responses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200, 200, 201, 409, 409, 409,
    ]);
    expect(await world.rows()).toHaveLength(1);
  });
});

describe('faults of an answer', () => {
  test('are told all at once, each in its place', async () => {
    const response = await post({
      ...submission({ departmentCode: 'nowhere' }),
      answers: { unknown: 'x', signs: 'satisfied', comment: 'x', praise: '字'.repeat(2001) },
      comment: 'a'.repeat(2001),
      answeredOn: '2026-02-30',
    });

    expect(response.status).toBe(422);
    expect(problem(response).code).toBe('submission_invalid');
    expect(faults(response)).toEqual([
      '/departmentCode unknown_department',
      '/answeredOn answered_on_invalid',
      '/answers/unknown unknown_item',
      '/answers/signs unknown_option',
      '/answers/comment wrong_kind',
      '/answers/praise wrong_kind',
      '/answers/overall required_missing',
      '/comment too_long',
    ]);
    expect(await world.rows()).toHaveLength(0);
  });

  test.each([
    [{ formId: 'gone' }, '/formId unknown_form'],
    [{ formVersion: 9 }, '/formId unknown_form'],
    [{ departmentCode: 'closed-ward' }, '/departmentCode unknown_department'],
    [{ comment: 'a\u0000b' }, '/comment illegal_characters'],
    [{ answeredOn: '2026-10-21' }, '/answeredOn answered_on_future'],
    [{ answeredOn: '2025-01-01' }, '/answeredOn answered_on_too_old'],
    [{ answeredOn: '20.10.2026' }, '/answeredOn answered_on_invalid'],
  ])('%j is answered by %s', async (change, fault) => {
    const response = await post({ ...submission(), ...change });

    expect(response.status).toBe(422);
    expect(faults(response)).toEqual([fault]);
  });

  test.each([
    [{ submissionId: 'not-a-uuid' }, '/submissionId string_guid'],
    [{ submissionId: { $ne: null } }, '/submissionId string_base'],
    [{ formVersion: '1' }, '/formVersion number_base'],
    [{ formVersion: 1.5 }, '/formVersion number_integer'],
    [{ formVersion: 0 }, '/formVersion number_min'],
    [{ departmentCode: { $gt: '' } }, '/departmentCode string_base'],
    [{ mode: 'fax' }, '/mode any_only'],
    [{ answeredBy: 'robot' }, '/answeredBy any_only'],
    [{ answers: [] }, '/answers object_base'],
    [{ answers: '{"overall":"satisfied"}' }, '/answers object_base'],
    [{ comment: 5 }, '/comment string_base'],
    [{ verification: 'call' }, '/verification object_unknown'],
    [{ period: '2026-01' }, '/period object_unknown'],
  ])('the shape %j is refused by %s', async (change, fault) => {
    const response = await post({ ...submission(), ...change });

    expect(response.status).toBe(400);
    expect(faults(response)).toEqual([fault]);
    expect(await world.rows()).toHaveLength(0);
  });

  test.each([
    [{ overall: 5 }, '/answers/overall wrong_kind'],
    [{ overall: { $gt: '' } }, '/answers/overall wrong_kind'],
    [{ overall: 'satisfied', $where: 'x' }, '/answers/$where unknown_item'],
  ])('the answers %j are refused by %s', async (answers, fault) => {
    const response = await post({ ...submission(), answers });

    expect(response.status).toBe(422);
    expect(faults(response)).toEqual([fault]);
    expect(await world.rows()).toHaveLength(0);
  });

  test('more than two hundred answers are refused', async () => {
    const answers = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`item-${index}`, 'x']));

    const response = await post(submission({ answers }));

    expect(response.status).toBe(400);
    expect(faults(response)).toEqual(['/answers object_max']);
  });

  test('a key that names the prototype changes nothing', async () => {
    const { submissionId } = submission();
    const text = `{"submissionId":"${submissionId}","formId":"outpatient","formVersion":1,"departmentCode":"surgery",
      "answers":{"overall":"satisfied","__proto__":{"signs":"very-easy"}},"__proto__":{"mode":"phone"}}`;

    const response = await request(world.app()).post('/api/v1/survey-responses').type('json').send(text);

    expect(response.status).toBe(422);
    expect(faults(response)).toEqual(['/answers/__proto__ unknown_item']);
    expect(({} as Record<string, unknown>)['mode']).toBeUndefined();
    expect(await world.rows()).toHaveLength(0);
  });

  test.each(['{"submissionId":', '[]', '""', 'null'])('the body %s is a 400, never a 500', async (text) => {
    const response = await request(world.app()).post('/api/v1/survey-responses').type('json').send(text);

    expect(response.status).toBe(400);
  });
});
