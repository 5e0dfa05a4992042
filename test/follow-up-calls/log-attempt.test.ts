import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createBlindIndex } from '../../src/privacy/blind-index.crypto.ts';
import { createTestApp, testCsrfToken } from '../support/test-app.ts';
import { discharge, nurseOf, openFollowUpWorld, phoneForm, renderPage } from './follow-up-world.ts';
import type { FollowUpWorld } from './follow-up-world.ts';

let world: FollowUpWorld;
let callId: string;
const wang = nurseOf('wang', 'cardiology');
const li = nurseOf('li', 'cardiology');
const surgeon = nurseOf('surgeon', 'surgery');

beforeEach(async () => {
  world = await openFollowUpWorld();
  const { results } = await world.register(discharge('ZY001'));
  callId = results[0]?.callId ?? '';
  world.goTo('2026-11-03', '09:30');
});
afterEach(async () => {
  await world.database.drop();
});

const interview = (changes: object = {}): object => ({
  submissionId: '11111111-1111-4111-8111-111111111111',
  formId: phoneForm.id,
  formVersion: phoneForm.version,
  answers: { attitude: 'very-satisfied', overall: 'satisfied' },
  comment: '谢谢护士',
  ...changes,
});
const attempt = (changes: object = {}): Record<string, unknown> => ({
  attemptId: 'attempt-1',
  disposition: 'no-answer',
  startedAt: '2026-11-03T09:29:00+08:00',
  durationSeconds: 40,
  ...changes,
});
const complete = (changes: object = {}): Record<string, unknown> =>
  attempt({ disposition: 'complete', interview: interview(), ...changes });
const send = (body: object, principal = wang, id = callId): request.Test =>
  request(createTestApp({ renderPage, routes: world.routes, principal }))
    .post(`/api/v1/follow-up-calls/${id}/attempts`)
    .set('x-csrf-token', testCsrfToken)
    .send(body);

describe('logging an attempt', () => {
  test('stores with the interview the version of the privacy notice that was read out', async () => {
    await send(complete({ interview: interview({ noticeVersion: '2026-1' }) }));

    expect(await world.responses()).toMatchObject([{ noticeVersion: '2026-1' }]);
  });

  test('without an answer leaves the call open and says when to try next', async () => {
    const answer = await send(attempt());

    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      callId,
      attemptId: 'attempt-1',
      state: 'open',
      outcome: 'no-answer',
      nextAttemptAt: '2026-11-03T06:00:00.000Z',
    });
  });

  test('complete stores the interview as a response by phone in the month of discharge, and closes the call', async () => {
    world.goTo('2026-12-01', '09:30');
    const answer = await send(complete({ startedAt: '2026-12-01T09:29:00+08:00' }));

    expect(answer.body).toMatchObject({ state: 'closed', outcome: 'complete' });
    expect(await world.responses()).toMatchObject([
      {
        mode: 'phone',
        verification: 'call',
        departmentCode: 'cardiology',
        period: '2026-11',
        comment: '谢谢护士',
      },
    ]);
  });

  test('never writes to the call which response is its own, nor a note in plain', async () => {
    await send(complete({ note: '女儿王小姐代接' }));

    const raw = JSON.stringify(await world.calls());
    expect(raw).not.toMatch(/11111111-1111|very-satisfied|王小姐|谢谢护士/);
    const [response] = await world.responses();
    expect(JSON.stringify(response)).not.toContain(callId.split(':')[1]);
  });

  test('twenty times at once under one id makes one attempt and one response', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(complete())));

    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      ...Array<number>(19).fill(200),
      201,
    ]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await world.calls())[0]?.['attempts']).toHaveLength(1);
    expect(await world.responses()).toHaveLength(1);
  });

  test('again gives the first result even after later attempts, and however long the second click took', async () => {
    const first = await send(attempt());
    world.goTo('2026-11-03', '14:10');
    await send(
      attempt({ attemptId: 'attempt-2', disposition: 'busy', startedAt: '2026-11-03T14:05:00+08:00' }),
    );

    const replay = await send(attempt({ durationSeconds: 300 }));

    expect(replay.status).toBe(200);
    expect(replay.body).toEqual(first.body);
  });

  test('with other content under the same id is a conflict', async () => {
    await send(attempt());

    const answer = await send(attempt({ disposition: 'busy' }));

    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'attempt_conflict' });
  });

  test('different attempts at once are all kept', async () => {
    const ids = ['a', 'b', 'c', 'd'];
    const answers = await Promise.all(ids.map((attemptId) => send(attempt({ attemptId }))));

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect((await world.calls())[0]?.['attempts']).toHaveLength(4);
  });

  test('on a closed call is refused', async () => {
    await send(attempt({ disposition: 'refusal-patient' }));

    const answer = await send(attempt({ attemptId: 'attempt-2' }), li);

    expect(answer.body).toMatchObject({ status: 409, code: 'call_closed' });
  });

  test('on a call somebody else has taken is refused, until the claim runs out', async () => {
    const app = createTestApp({ renderPage, routes: world.routes, principal: li });
    await request(app).post(`/api/v1/follow-up-calls/${callId}/claim`).set('x-csrf-token', testCsrfToken);

    const during = await send(attempt());
    world.goTo('2026-11-03', '09:46');
    const after = await send(attempt());

    expect(during.body).toMatchObject({ status: 409, code: 'call_claimed' });
    expect(after.status).toBe(201);
  });

  test('of another department is not there', async () => {
    const answer = await send(attempt(), surgeon);
    expect(answer.status).toBe(404);
  });

  test.each([
    ['an interview that is missing', complete({ interview: undefined }), '/interview interview_required'],
    [
      'an interview without an answer to the call',
      attempt({ interview: interview() }),
      '/interview interview_refused',
    ],
    ['a death without a word on who told', attempt({ disposition: 'deceased' }), '/note note_required'],
    ['no agreed time', attempt({ disposition: 'call-back' }), '/callBackAt call_back_time_required'],
    [
      'an agreed time at noon',
      attempt({ disposition: 'call-back', callBackAt: '2026-11-04T12:30:00+08:00' }),
      '/callBackAt call_back_time_outside',
    ],
    [
      'an agreed time gone by',
      attempt({ disposition: 'call-back', callBackAt: '2026-11-03T09:10:00+08:00' }),
      '/callBackAt call_back_time_past',
    ],
    [
      'an agreed time after a refusal',
      attempt({ disposition: 'refusal-family', callBackAt: '2026-11-04T09:30:00+08:00' }),
      '/callBackAt call_back_time_refused',
    ],
    ['a start to come', attempt({ startedAt: '2026-11-03T10:00:00+08:00' }), '/startedAt start_in_future'],
    [
      'a complete interview without any answer',
      complete({ interview: interview({ answers: {} }) }),
      '/interview interview_required',
    ],
    [
      'an option the form does not have',
      complete({ interview: interview({ answers: { overall: '5' } }) }),
      '/interview/answers/overall',
    ],
  ])('%s is refused with its pointer, and nothing is stored', async (_what, body, expected) => {
    const answer = await send(body);

    const { errors } = answer.body as { errors: { pointer: string; code: string }[] };
    expect(answer.status).toBe(422);
    expect(errors.map(({ pointer, code }) => `${pointer} ${code}`).join()).toContain(expected);
    expect((await world.calls())[0]?.['attempts']).toHaveLength(0);
    expect(await world.responses()).toHaveLength(0);
  });

  test.each([{ $gt: '' }, 17, null])(
    'a disposition %p is a wrong shape, not an error of ours',
    async (disposition) => {
      const answer = await send(attempt({ disposition }));
      expect(answer.status).toBe(400);
    },
  );
});

test('the response knows its call only by a keyed fingerprint', async () => {
  await send(complete());
  const [response] = await world.responses();
  expect(response?.['sourceKey']).toMatch(/^[0-9a-f]{64}$/);
  const otherKey = createBlindIndex(Buffer.alloc(32, 1).toString('base64'));
  expect(response?.['sourceKey']).not.toBe(otherKey('call-source', callId));
});
