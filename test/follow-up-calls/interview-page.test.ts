import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { shippedForm } from '../survey-forms/support.ts';
import { createTestApp, testCsrfToken } from '../support/test-app.ts';
import { discharge, nurseOf, openFollowUpWorld, renderPage } from './follow-up-world.ts';
import type { FollowUpWorld } from './follow-up-world.ts';

let world: FollowUpWorld;
let path: string;
const wang = nurseOf('wang', 'cardiology');

beforeEach(async () => {
  world = await openFollowUpWorld([shippedForm('discharged')]);
  const { results } = await world.register(discharge('ZY001'));
  path = `/worklist/${results[0]?.callId ?? ''}`;
  world.goTo('2026-11-03', '09:30');
});
afterEach(async () => {
  await world.database.drop();
});

const app = (): ReturnType<typeof createTestApp> =>
  createTestApp({ renderPage, routes: world.pages, principal: wang });
const post = (to: string, fields: Record<string, string> = {}): request.Test =>
  request(app())
    .post(to)
    .type('form')
    .send({ _csrf: testCsrfToken, ...fields });
const openPage = async (): Promise<string> => {
  await post(`${path}/claim`);
  return (await request(app()).get(path)).text;
};
const ownFields = (html: string): Record<string, string> =>
  Object.fromEntries(
    ['attemptId', 'submissionId', 'startedAt', 'formId', 'formVersion'].map((name) => [
      name,
      new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '',
    ]),
  );

describe('the interview on the call page', () => {
  test('gives the caller the script in reading order, with the names filled in', async () => {
    const html = await openPage();
    const places = [
      '您好，请问是欧阳娜娜吗？',
      '我是县人民医院的回访员',
      '答不答由您',
      '您现在方便吗？',
      '您同意吗？',
      '我到时候再打给您',
      '转给医院的投诉管理部门',
      '马上告诉科室的值班医生',
      '先说护士',
      '祝您早日康复，再见。</p>\n  </section>',
    ].map((words) => html.indexOf(words));

    expect(places.filter((place) => place === -1)).toEqual([]);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(html).not.toMatch(/\{(hospital|patient)\}/);
  });

  test('takes the two steps of each scale for one option', async () => {
    const fields = {
      ...ownFields(await openPage()),
      disposition: 'complete',
      'step.nurse-attitude': 'very-satisfied satisfied',
      'answer.nurse-attitude': 'satisfied',
      'step.nurse-response': 'not-applicable',
      'step.overall': 'neutral',
    };

    const saved = await post(path, fields);

    expect(saved.headers['location']).toBe('/worklist?notice=logged');
    expect(await world.responses()).toMatchObject([
      {
        answers: [
          { item: 'nurse-attitude', option: 'satisfied' },
          { item: 'nurse-response', option: 'not-applicable' },
          { item: 'overall', option: 'neutral' },
        ],
      },
    ]);
  });

  test('asks for the second step where only the first was asked, and keeps the first', async () => {
    const fields = {
      ...ownFields(await openPage()),
      disposition: 'complete',
      'step.overall': 'dissatisfied very-dissatisfied',
    };

    const page = await post(path, fields);

    expect(page.status).toBe(422);
    expect(page.text).toMatch(/href="#answer-overall">“总体满意度”：请再问一步/);
    expect(page.text).toMatch(/name="step.overall" value="dissatisfied very-dissatisfied" checked/);
    expect(await world.responses()).toEqual([]);
  });

  test.each(['partial', 'complete'])(
    'saved as %s keeps what was answered, also when the patient declined the question on the whole or hung up before it',
    async (disposition) => {
      const fields = {
        ...ownFields(await openPage()),
        disposition,
        'step.nurse-attitude': 'very-satisfied satisfied',
        'answer.nurse-attitude': 'satisfied',
      };

      const saved = await post(path, fields);

      expect(saved.headers['location']).toBe('/worklist?notice=logged');
      expect(await world.responses()).toMatchObject([
        { answers: [{ item: 'nurse-attitude', option: 'satisfied' }] },
      ]);
    },
  );

  test('without any answer is no complete one', async () => {
    const page = await post(path, { ...ownFields(await openPage()), disposition: 'complete' });

    expect(page.status).toBe(422);
    expect(page.text).toContain('选“完成”时请填写问卷。');
    expect(await world.responses()).toEqual([]);
  });
});
