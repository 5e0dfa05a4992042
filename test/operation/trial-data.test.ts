import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { array, assert, asyncProperty, constantFrom, record } from 'fast-check';
import { randomIds } from '../../src/shared/ids.crypto.ts';
import { openSource } from '../../src/survey-responses/survey-response.ts';
import type { PeriodTally } from '../../src/survey-responses/survey-response.ts';
import { discharge, nurseOf, openFollowUpWorld } from '../follow-up-calls/follow-up-world.ts';
import type { FollowUpWorld } from '../follow-up-calls/follow-up-world.ts';
import { deepRuns } from '../support/deep.ts';
import { openSurveyWorld, submission } from '../survey-responses/survey-world.ts';
import type { SurveyWorld } from '../survey-responses/survey-world.ts';

const cutoffAt = new Date('2027-03-01T00:00:00Z');
const months = ['2026-09', '2026-10', '2026-11'] as const;
const sorted = (rows: readonly object[]): readonly string[] =>
  rows.map((row) => JSON.stringify(row)).toSorted((a, b) => (a < b ? -1 : 1));

describe('answers of trial operation', () => {
  let world: SurveyWorld;
  beforeAll(async () => {
    world = await openSurveyWorld();
  });
  beforeEach(() => world.clear());
  afterAll(() => world.database.drop());

  const tallies = async (): Promise<readonly (readonly string[])[]> => {
    const counted: PeriodTally[] = [];
    for (const month of months) counted.push(await world.slice.tallyPeriod(month, cutoffAt));
    return counted.flatMap(({ items, responses }) => [sorted(items), sorted(responses)]);
  };
  const answer = record({
    option: constantFrom('very-satisfied', 'satisfied', 'dissatisfied'),
    departmentCode: constantFrom('internal-medicine', 'surgery'),
    dischargedOn: constantFrom(null, '2026-09-30', '2026-10-01', '2026-11-30'),
  });
  interface Answer {
    readonly option: string;
    readonly departmentCode: string;
    readonly dischargedOn: string | null;
  }
  const submit = async ({ option, departmentCode, dischargedOn }: Answer) => {
    const source =
      dischargedOn === null
        ? openSource
        : { verification: 'call' as const, sourceKey: randomIds.newSecret(), dischargedOn };
    const mode = dischargedOn === null ? 'web' : 'phone';
    await world.slice.submitSurveyResponse(
      submission({ departmentCode, mode, answers: { overall: option, 'doctor-attitude': option } }),
      source,
    );
  };

  test('change no tally and no first month, however many there are', async () => {
    await assert(
      asyncProperty(
        array(answer, { maxLength: 4 }),
        array(answer, { minLength: 1, maxLength: 6 }),
        async (live, trial) => {
          await world.clear();
          world.setTrial(false);
          for (const one of live) await submit(one);
          const before = [await tallies(), await world.slice.firstPeriodWithData()];

          world.setTrial(true);
          for (const one of trial) await submit(one);

          expect([await tallies(), await world.slice.firstPeriodWithData()]).toEqual(before);
          expect(await world.rows()).toHaveLength(live.length + trial.length);
        },
      ),
      { numRuns: deepRuns(12, 150) },
    );
  });

  test('are stamped and acknowledged with their month, also when they are sent again after going live', async () => {
    const body = submission();
    world.setTrial(true);
    const first = await world.slice.submitSurveyResponse(body, openSource);

    world.setTrial(false);
    const again = await world.slice.submitSurveyResponse(body, openSource);

    expect(first.receipt.period).toBe('2026-10');
    expect(again).toEqual({ receipt: first.receipt, replayed: true });
    expect(await world.rows()).toMatchObject([{ trial: true, period: 'trial:2026-10' }]);
    expect(await world.slice.firstPeriodWithData()).toBeNull();
  });

  test('are announced on every page a patient sees, and in no other mode', async () => {
    const { default: request } = await import('supertest');
    const pages = ['/', '/s/internal-medicine', '/s/internal-medicine/thanks'];
    const shown = async (): Promise<readonly boolean[]> =>
      Promise.all(pages.map(async (path) => (await request(world.app()).get(path)).text.includes('试运行')));

    world.setTrial(true);
    const inTrial = await shown();
    world.setTrial(false);

    expect([inTrial, await shown()]).toEqual([
      [true, true, true],
      [false, false, false],
    ]);
  });
});

describe('discharges and calls of trial operation', () => {
  let world: FollowUpWorld;
  beforeAll(async () => {
    world = await openFollowUpWorld();
  });
  afterAll(() => world.database.drop());

  const nurse = nurseOf('wang', 'cardiology', 'surgery');

  test('change no call rate; live calls are untouched, and what was rehearsed can be registered in earnest', async () => {
    await world.register(discharge('L1'), discharge('L2', { departmentCode: 'surgery' }));
    const before = [await world.tallyCalls('2026-11', cutoffAt), await world.calls()];

    world.setTrial(true);
    const rehearsed = await world.register(
      discharge('L1', { dischargedOn: '2026-10-30', departmentCode: 'surgery' }),
      discharge('T1'),
      discharge('T2', { dischargeWay: 'died', patientName: '李四' }),
    );
    world.goTo('2026-11-03', '10:00');
    const calls = (await world.calls()).filter(({ trial }) => trial === true);

    expect(rehearsed).toMatchObject({ created: 3 });
    expect(calls).toMatchObject([{ period: 'trial:2026-10' }, { period: 'trial:2026-11' }]);
    expect([
      await world.tallyCalls('2026-11', cutoffAt),
      (await world.calls()).filter(({ trial }) => trial !== true),
    ]).toEqual(before);
    expect(await world.tallyCalls('2026-10', cutoffAt)).toEqual([]);

    world.setTrial(false);
    expect(await world.register(discharge('T1'), discharge('L1'))).toMatchObject({
      created: 1,
      unchanged: 1,
    });
    expect(await world.tallyCalls('2026-11', cutoffAt)).toMatchObject([{ discharges: 2 }, { discharges: 1 }]);
  });

  test('the worklist shows the calls of the mode in force; an interview counts as its call does, whenever it is logged', async () => {
    const { default: request } = await import('supertest');
    const { createTestApp, testCsrfToken } = await import('../support/test-app.ts');
    const app = createTestApp({ routes: world.routes, principal: nurse });
    const listed = async (): Promise<readonly { id: string }[]> =>
      ((await request(app).get('/api/v1/follow-up-calls?state=due')).body as { calls: { id: string }[] })
        .calls;
    const live = await listed();
    world.setTrial(true);
    const trial = await listed();
    world.setTrial(false);

    const { status } = await request(app)
      .post(`/api/v1/follow-up-calls/${trial[0]?.id}/attempts`)
      .set('x-csrf-token', testCsrfToken)
      .send({
        attemptId: randomIds.newId(),
        disposition: 'complete',
        startedAt: world.time.momentOf('2026-11-03', '09:59').toISOString(),
        durationSeconds: 40,
        interview: {
          submissionId: randomIds.newId(),
          formId: 'discharged',
          formVersion: 1,
          answers: { overall: 'satisfied' },
        },
      });

    expect(live.length).toBe(3);
    expect(trial.length).toBe(2);
    expect(live.map(({ id }) => id)).not.toEqual(expect.arrayContaining(trial.map(({ id }) => id)));
    expect(status).toBe(201);
    expect(await world.responses()).toMatchObject([{ trial: true }]);
  });
});
