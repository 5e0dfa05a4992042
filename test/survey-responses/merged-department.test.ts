import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { openSource } from '../../src/survey-responses/survey-response.ts';
import { openSurveyWorld, pageFields, submission } from './survey-world.ts';
import type { SurveyWorld } from './survey-world.ts';

const old = 'geriatrics';

let world: SurveyWorld;
beforeAll(async () => {
  world = await openSurveyWorld();
});
beforeEach(async () => {
  world.setNow('2026-10-20T04:00:00Z');
  await world.clear();
});
afterAll(() => world.database.drop());

const send = (changes: Parameters<typeof submission>[0]) =>
  request(world.app()).post('/api/v1/survey-responses').send(submission(changes));
const codes = async () => (await world.rows()).map((row) => row['departmentCode']);

describe('the address of a department that was merged into another', () => {
  test('opens the form of the other and says so, and its answer goes there', async () => {
    const page = await request(world.app()).get(`/s/${old}?lang=zh-Hans`).expect(200);
    const unmoved = await request(world.app()).get('/s/internal-medicine?lang=zh-Hans').expect(200);

    expect(page.text).toContain('您扫描的科室已并入内科');
    expect(page.text).toContain('action="/s/internal-medicine?');
    expect(unmoved.text).not.toContain('已并入');
  });

  test('takes a form that was opened before the merger', async () => {
    const sent = await request(world.app()).post(`/s/${old}`).type('form').send(pageFields());

    expect(sent.headers['location']).toContain('/s/internal-medicine/thanks');
    expect(await codes()).toEqual(['internal-medicine']);
  });
});

describe('an answer for a department that was merged into another', () => {
  test('goes to the other from the day of the merger on, and before that day to its own', async () => {
    await send({ departmentCode: old }).expect(201);
    world.setNow('2026-10-19T04:00:00Z');
    await send({ departmentCode: old }).expect(201);

    expect(await codes()).toEqual(['internal-medicine', old]);
  });

  test('that is sent again after midnight of the merger is still the same answer', async () => {
    const answer = submission({ departmentCode: old });
    world.setNow('2026-10-19T15:59:00Z');
    await request(world.app()).post('/api/v1/survey-responses').send(answer).expect(201);
    world.setNow('2026-10-19T16:01:00Z');
    await request(world.app()).post('/api/v1/survey-responses').send(answer).expect(200);

    expect(await codes()).toEqual([old]);
  });

  test('belongs to the old one when it was written or the patient discharged before that day', async () => {
    const paper = submission({ departmentCode: old, mode: 'paper', answeredOn: '2026-10-19' });
    await world.slice.submitSurveyResponse(paper, openSource);
    await world.slice.submitSurveyResponse(submission({ departmentCode: old }), {
      ...openSource,
      dischargedOn: '2026-10-19',
    });
    await world.slice.submitSurveyResponse(submission({ departmentCode: old }), {
      ...openSource,
      dischargedOn: '2026-10-20',
    });

    expect(await codes()).toEqual([old, old, 'internal-medicine']);
  });
});
