import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createConnection } from 'mongoose';
import { randomIds } from '../../src/shared/ids.crypto.ts';
import { openSource } from '../../src/survey-responses/survey-response.ts';
import type { SubmissionSource } from '../../src/survey-responses/survey-response.ts';
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

const byCall = (changes: Partial<SubmissionSource> = {}): SubmissionSource => ({
  verification: 'call',
  sourceKey: randomIds.newSecret(),
  dischargedOn: '2026-10-31',
  ...changes,
});

async function periodOf(moment: string, ...given: Parameters<typeof submission>): Promise<string> {
  world.setNow(moment);
  const { receipt } = await world.slice.submitSurveyResponse(submission(...given), openSource);
  return receipt.period;
}

describe('the month an answer counts in', () => {
  test.each([
    ['2026-10-31T15:59:59.999Z', '2026-10'],
    ['2026-10-31T16:00:00.000Z', '2026-11'],
    ['2026-12-31T15:59:59.999Z', '2026-12'],
    ['2026-12-31T16:00:00.000Z', '2027-01'],
    ['2024-02-29T15:59:59.999Z', '2024-02'],
  ])('an answer received at %s counts in %s, by the hospital’s midnight', async (moment, period) => {
    world.setNow(moment);

    expect(await periodOf(moment)).toBe(period);
  });

  test('paper counts in the month of the day written on it', async () => {
    const changes = { mode: 'paper', answeredOn: '2025-12-31' } as const;

    expect(await periodOf('2026-01-05T04:00:00Z', changes)).toBe('2025-12');
  });

  test('a day given for a web answer moves nothing', async () => {
    expect(await periodOf('2026-11-05T04:00:00Z', { answeredOn: '2026-10-31' })).toBe('2026-11');
  });

  test('an answer by phone counts in the month of the discharge', async () => {
    world.setNow('2026-11-04T04:00:00Z');

    const { receipt } = await world.slice.submitSurveyResponse(submission({ mode: 'phone' }), byCall());

    expect(receipt.period).toBe('2026-10');
  });

  test('an answer by personal link counts in the month of the discharge, whenever it comes', async () => {
    world.setNow('2027-01-04T04:00:00Z');
    const link = byCall({ verification: 'one-time-link', dischargedOn: '2026-11-30' });

    const { receipt } = await world.slice.submitSurveyResponse(submission({ mode: 'web' }), link);

    expect(receipt.period).toBe('2026-11');
  });
});

describe('what is stored', () => {
  test('confidential answers lie apart, N/A is an answer without a dimension, words are cleaned', async () => {
    const answers = {
      overall: 'satisfied',
      'tests-waiting': 'not-applicable',
      'red-packet': 'yes',
    };

    await world.slice.submitSurveyResponse(
      submission({ answers, comment: '  ', praise: { text: ' 王护士\r\n' } }),
      openSource,
    );

    expect(await world.rows()).toMatchObject([
      {
        answers: [
          { item: 'tests-waiting', option: 'not-applicable' },
          { item: 'overall', option: 'satisfied' },
        ],
        confidentialAnswers: [{ item: 'red-packet', option: 'yes' }],
        texts: [],
        praise: { staffNumber: null, text: '王护士' },
        comment: null,
        validDimensions: ['overall'],
      },
    ]);
  });

  test('half of the items that apply to all make an answer complete', async () => {
    // 10 open items apply to all in the shipped form, registration is none of them: 5 are half, 4 are not.
    const six = {
      registration: 'convenient',
      'waiting-time': 'satisfied',
      signs: 'easy',
      'doctor-attitude': 'satisfied',
      charges: 'reasonable',
      overall: 'satisfied',
    };
    const { signs: _signs, ...five } = six;

    const complete = await world.slice.submitSurveyResponse(submission({ answers: six }), openSource);
    const partial = await world.slice.submitSurveyResponse(submission({ answers: five }), openSource);

    expect([complete.receipt.completeness, partial.receipt.completeness]).toEqual(['complete', 'partial']);
  });
});

describe('answers by a call', () => {
  test('one call has one answer: a second id is refused, the same id replayed', async () => {
    const source = byCall();
    const first = submission({ mode: 'phone' });
    await world.slice.submitSurveyResponse(first, source);

    const second = world.slice.submitSurveyResponse(submission({ mode: 'phone' }), source);

    await expect(second).rejects.toMatchObject({ kind: 'conflict', code: 'already_answered' });
    expect(await world.slice.submitSurveyResponse(first, source)).toMatchObject({ replayed: true });
    expect(await world.rows()).toHaveLength(1);
  });

  test('a patient discharged from a department that has closed since may still answer for it', async () => {
    const late = submission({ mode: 'phone', departmentCode: 'closed-ward' });

    expect(await world.slice.submitSurveyResponse(late, byCall())).toMatchObject({ replayed: false });
  });

  test('tells which calls are answered', async () => {
    const source = byCall();
    await world.slice.submitSurveyResponse(submission({ mode: 'phone' }), source);
    await world.slice.submitSurveyResponse(submission(), openSource);

    const found = await world.slice.findBySourceKeys([String(source.sourceKey), 'another']);

    expect(found).toEqual([{ sourceKey: source.sourceKey, receivedAt: new Date('2026-10-20T04:00:00Z') }]);
  });
});

test('submitting is exactly one database operation, journalled by a majority', async () => {
  const { uri, dbName } = world.database;
  const watched = await createConnection(uri, { dbName, monitorCommands: true }).asPromise();
  const other = await openSurveyWorld({ ...world.database, connection: watched });
  const commands: { name: string; writeConcern: unknown }[] = [];
  watched.getClient().on('commandStarted', ({ commandName, command }) => {
    commands.push({ name: commandName, writeConcern: (command as Record<string, unknown>)['writeConcern'] });
  });

  await other.slice.submitSurveyResponse(submission(), openSource);
  await watched.close();

  expect(commands).toMatchObject([{ name: 'insert', writeConcern: { w: 'majority', j: true } }]);
});
