import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createTestApp, testCsrfToken } from '../support/test-app.ts';
import { discharge, nurseOf, openFollowUpWorld, phoneForm, renderPage } from './follow-up-world.ts';
import type { FollowUpWorld } from './follow-up-world.ts';

let world: FollowUpWorld;
let callId: string;
const wang = nurseOf('wang', 'cardiology');

beforeEach(async () => {
  world = await openFollowUpWorld();
  const { results } = await world.register(discharge('ZY001'));
  callId = results[0]?.callId ?? '';
  world.goTo('2026-11-03', '09:30');
});
afterEach(async () => {
  await world.database.drop();
});

const complete = (): object => ({
  attemptId: 'attempt-1',
  disposition: 'complete',
  startedAt: '2026-11-03T09:29:00+08:00',
  durationSeconds: 40,
  interview: {
    submissionId: '11111111-1111-4111-8111-111111111111',
    formId: phoneForm.id,
    formVersion: phoneForm.version,
    answers: { overall: 'satisfied' },
  },
});
const send = (body: object): request.Test =>
  request(createTestApp({ renderPage, routes: world.routes, principal: wang }))
    .post(`/api/v1/follow-up-calls/${callId}/attempts`)
    .set('x-csrf-token', testCsrfToken)
    .send(body);

const submitOnly = async (): Promise<void> => {
  // What the first half of logging does, without the second: the key is read off a call logged in full.
  await send(complete());
  const calls = world.database.connection.collection('followUpCalls');
  await calls.updateMany({}, { $set: { attempts: [], state: 'open', outcome: null } });
};

describe('a crash between the response and the call', () => {
  test('is completed by sending the attempt again', async () => {
    await submitOnly();

    const answer = await send(complete());

    expect(answer.status).toBe(201);
    expect(await world.calls()).toMatchObject([{ state: 'closed', outcome: 'complete' }]);
    expect(await world.responses()).toHaveLength(1);
  });

  test('is completed by the reconciler, once', async () => {
    await submitOnly();
    world.goTo('2026-11-03', '10:30');

    const first = await world.reconcile();
    const second = await world.reconcile();

    expect([first.closedCalls, second.closedCalls]).toEqual([1, 0]);
    const [call] = await world.calls();
    expect(call).toMatchObject({ state: 'closed', outcome: 'complete' });
    expect(call?.['attempts']).toMatchObject([{ reconciled: true, disposition: 'complete' }]);
  });

  test('leaves a nurse her own attempt when she sends it after the reconciler', async () => {
    await submitOnly();
    world.goTo('2026-11-03', '10:30');
    await world.reconcile();

    const answer = await send(complete());

    expect(answer.status).toBe(201);
    expect((await world.calls())[0]?.['attempts']).toMatchObject([
      { attemptId: 'attempt-1', reconciled: false },
    ]);
    expect(await world.responses()).toHaveLength(1);
  });

  test('is left alone while the nurse may still be writing', async () => {
    await submitOnly();
    world.goTo('2026-11-03', '09:32');

    expect(await world.reconcile()).toMatchObject({ closedCalls: 0 });
  });

  test('is not seen in calls without an answer, which close a day after their last', async () => {
    world.goTo('2026-12-02', '10:00');
    expect(await world.reconcile()).toMatchObject({ closedCalls: 0, expiredCalls: 0 });
    world.goTo('2026-12-03', '10:00');
    expect(await world.reconcile()).toMatchObject({ closedCalls: 0, expiredCalls: 1 });
    expect(await world.calls()).toMatchObject([{ state: 'closed', outcome: null }]);
  });
});
