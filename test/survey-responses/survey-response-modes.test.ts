import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Principal } from '../../src/shared/principal.ts';
import { testCsrfToken } from '../support/test-app.ts';
import { officer, openSurveyWorld, submission } from './survey-world.ts';
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

const post = (body: object, principal: Principal | null = null, token = testCsrfToken) =>
  request(world.app(principal))
    .post('/api/v1/survey-responses?lang=zh-Hans')
    .set('x-csrf-token', token)
    // A request without a cookie is nobody's.
    .set('cookie', principal ? 'session=x' : '')
    .send(body);

const paper = () => submission({ mode: 'paper', answeredOn: '2026-09-30' });

interface ProblemBody {
  readonly code: string;
  readonly errors: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
}
const problem = (response: { body: unknown }): ProblemBody => response.body as ProblemBody;
const faults = (response: { body: unknown }): string[] =>
  problem(response).errors.map(({ pointer, code }) => `${pointer} ${code}`);

describe('modes that staff enter', () => {
  test.each(['kiosk', 'paper', 'onsite', 'symposium'] as const)(
    '%s is closed to the public',
    async (mode) => {
      const response = await post(submission({ mode }));

      expect(response.status).toBe(403);
      expect(problem(response).code).toBe('mode_not_allowed');
    },
  );

  test('answers by phone come through a call, not through here', async () => {
    const response = await post(submission({ mode: 'phone' }), officer);

    expect(response.status).toBe(422);
    expect(problem(response).code).toBe('mode_not_allowed');
  });

  test('staff with the right enter paper, which counts in the month written on it', async () => {
    const response = await post(paper(), officer);

    expect(response.status).toBe(201);
    expect(await world.rows()).toMatchObject([
      { mode: 'paper', period: '2026-09', answeredOn: '2026-09-30', verification: 'none', sourceKey: null },
    ]);
  });

  test('what staff enter is in the audit trail by its id; a patient’s own answer is not', async () => {
    const entered = paper();
    await post(entered, officer);
    await post(submission());

    expect(world.events).toEqual(
      ['attempted', 'succeeded'].map((outcome) => ({
        actor: officer.accountId,
        action: 'survey-response.enter',
        subject: `survey-response/${entered.submissionId}`,
        outcome,
        requestId: expect.any(String) as unknown,
      })),
    );
  });

  test('paper without its date is refused', async () => {
    const response = await post(submission({ mode: 'paper' }), officer);

    expect(faults(response)).toEqual(['/answeredOn answered_on_missing']);
  });

  test('the right ends at its departments', async () => {
    const response = await post({ ...paper(), departmentCode: 'surgery' }, officer);

    expect(response.status).toBe(403);
  });

  test('a page of another site cannot enter them with the session of staff', async () => {
    const response = await post(paper(), officer, 'stolen');

    expect(response.status).toBe(403);
    expect(problem(response).code).toBe('csrf_token_invalid');
    expect(await world.rows()).toHaveLength(0);
  });
});
