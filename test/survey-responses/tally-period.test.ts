import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { openSource } from '../../src/survey-responses/survey-response.ts';
import type { SurveyResponse } from '../../src/survey-responses/survey-response.ts';
import {
  createSurveyResponseStore,
  defineSurveyResponses,
} from '../../src/survey-responses/survey-response.store.ts';
import type { SurveyResponseStore } from '../../src/survey-responses/survey-response.store.ts';
import { randomIds } from '../../src/shared/ids.crypto.ts';
import { openDatabase } from '../../src/database/connect.ts';
import { deepRuns } from '../support/deep.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let store: SurveyResponseStore;
beforeAll(async () => {
  database = await openTestDatabase();
  store = createSurveyResponseStore(defineSurveyResponses(database.connection));
  await database.buildIndexes();
});
beforeEach(async () => {
  await database.connection.collection('surveyResponses').deleteMany({});
});
afterAll(() => database.drop());

const cutoffAt = new Date('2026-11-13T00:00:00Z');

function response(changes: Partial<SurveyResponse> = {}): SurveyResponse {
  return {
    submissionId: randomIds.newId(),
    formId: 'outpatient',
    formVersion: 1,
    patientGroup: 'outpatient',
    departmentCode: 'surgery',
    mode: 'web',
    answeredBy: 'patient',
    ...openSource,
    answers: [{ item: 'overall', option: 'satisfied' }],
    confidentialAnswers: [],
    texts: [],
    comment: null,
    praise: null,
    completeness: 'complete',
    validDimensions: ['overall'],
    answeredOn: null,
    receivedAt: new Date('2026-10-20T00:00:00Z'),
    period: '2026-10',
    trial: false,
    fingerprint: 'f',
    ...changes,
  };
}

const insert = (...responses: SurveyResponse[]) => Promise.all(responses.map(store.insertOnce));
const sorted = (rows: readonly object[]): string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)))).toSorted();

/** Counts equal rows, as slowly and plainly as can be. */
function counted(rows: readonly object[]): string[] {
  const counts = new Map<string, { row: object; count: number }>();
  for (const row of rows) {
    const key = JSON.stringify(row);
    counts.set(key, { row, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return sorted([...counts.values()].map(({ row, count }) => Object.assign(row, { count })));
}

function segmentOf(one: SurveyResponse): object {
  const { departmentCode, patientGroup, formId, formVersion, mode, verification } = one;
  return { departmentCode, patientGroup, formId, formVersion, mode, verification };
}

describe('counting a month', () => {
  test('equals the hand count: options of complete answers, every answer by completeness', async () => {
    await insert(
      response(),
      response(),
      response({ answers: [{ item: 'overall', option: 'neutral' }] }),
      response({ completeness: 'partial', validDimensions: [] }),
      response({ period: '2026-09' }),
      response({ receivedAt: cutoffAt }),
      response({ confidentialAnswers: [{ item: 'red-packet', option: 'yes' }], answers: [] }),
    );

    const { items, responses } = await store.tally('2026-10', cutoffAt);

    const segment = {
      departmentCode: 'surgery',
      patientGroup: 'outpatient',
      formId: 'outpatient',
      formVersion: 1,
      mode: 'web',
      verification: 'none',
    };
    expect(sorted(items)).toEqual(
      sorted([
        { ...segment, item: 'overall', option: 'satisfied', count: 2 },
        { ...segment, item: 'overall', option: 'neutral', count: 1 },
      ]),
    );
    expect(sorted(responses)).toEqual(
      sorted([
        { ...segment, completeness: 'complete', validDimensions: ['overall'], count: 4 },
        { ...segment, completeness: 'partial', validDimensions: [], count: 1 },
      ]),
    );
    expect(JSON.stringify(items)).not.toContain('red-packet');
  });

  test('may take longer than the server may be silent for any other operation', async () => {
    const answers = Array.from({ length: 20 }, (_, n) => ({ item: `item-${n}`, option: 'satisfied' }));
    const rows = Array.from({ length: 2_000 }, () => response({ answers }));
    const segment = 'surgery|outpatient|outpatient|1|web|none';
    await database.connection
      .collection('surveyResponses')
      .insertMany(rows.map((row) => Object.assign({ segment }, row)));
    const hasty = openDatabase({ uri: database.uri, dbName: database.dbName, socketTimeoutMs: 2 });
    await hasty.connected();

    try {
      const { responses } = await createSurveyResponseStore(defineSurveyResponses(hasty.connection)).tally(
        '2026-10',
        cutoffAt,
      );
      expect(responses).toMatchObject([{ count: 2_000 }]);
    } finally {
      await hasty.close();
    }
  });

  test('equals a plain recount of any answers', async () => {
    const arbitrary = fc.record({
      departmentCode: fc.constantFrom('surgery', 'medicine'),
      formVersion: fc.constantFrom(1, 2),
      mode: fc.constantFrom('web', 'phone', 'paper'),
      completeness: fc.constantFrom('complete', 'partial'),
      period: fc.constantFrom('2026-09', '2026-10'),
      receivedAt: fc.constantFrom(new Date('2026-10-20T00:00:00Z'), cutoffAt),
      validDimensions: fc.constantFrom(['overall'], ['overall', 'service@billing']),
      answers: fc.array(fc.record({ item: fc.constantFrom('a', 'b'), option: fc.constantFrom('x', 'y') }), {
        maxLength: 3,
      }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(arbitrary, { maxLength: 25 }), async (changes) => {
        await database.connection.collection('surveyResponses').deleteMany({});
        const all = changes.map((change) => response(change));
        await insert(...all);

        const tally = await store.tally('2026-10', cutoffAt);

        const month = all.filter(({ period, receivedAt }) => period === '2026-10' && receivedAt < cutoffAt);
        const complete = month.filter(({ completeness }) => completeness === 'complete');
        expect(sorted(tally.items)).toEqual(
          counted(
            complete.flatMap((one) => one.answers.map((answer) => Object.assign(segmentOf(one), answer))),
          ),
        );
        expect(sorted(tally.responses)).toEqual(
          counted(
            month.map((one) => {
              const { completeness, validDimensions } = one;
              return Object.assign(segmentOf(one), { completeness, validDimensions });
            }),
          ),
        );
      }),
      { numRuns: deepRuns(15, 200) },
    );
  });

  test('an empty month counts nothing, and the first month with an answer is found', async () => {
    expect(await store.tally('2026-10', cutoffAt)).toEqual({ items: [], responses: [] });
    expect(await store.firstPeriod()).toBeNull();

    await insert(response({ period: '2026-10' }), response({ period: '2025-12' }));

    expect(await store.firstPeriod()).toBe('2025-12');
  });

  test('finding what calls have answers reads an index, not every response', async () => {
    await insert(response(), response({ sourceKey: 'k' }));

    const plan = await database.connection
      .collection('surveyResponses')
      .find({ sourceKey: { $in: ['k'], $type: 'string' } })
      .explain('queryPlanner');

    expect(JSON.stringify(plan)).toContain('IXSCAN');
  });
});

const at = (moment: string): Date => new Date(moment);

describe('late answers', () => {
  test('are those at or after the cut-off, counted by segment with their first and last moment, trial answers none', async () => {
    const paper = { mode: 'paper', departmentCode: 'cardiology' } as const;
    await insert(
      response({ receivedAt: at('2026-11-12T23:59:59.999Z') }),
      response({ receivedAt: cutoffAt }),
      response({ receivedAt: at('2026-11-20T00:00:00Z'), completeness: 'partial' }),
      response({ ...paper, receivedAt: at('2026-11-18T00:00:00Z') }),
      response({ receivedAt: at('2026-11-18T00:00:00Z'), period: '2026-11' }),
      response({ receivedAt: at('2026-11-18T00:00:00Z'), trial: true }),
    );

    const late = await store.lateAnswers('2026-10', cutoffAt);

    expect(late).toMatchObject([
      { ...paper, complete: 1, partial: 0, firstReceivedAt: at('2026-11-18T00:00:00Z') },
      {
        departmentCode: 'surgery',
        mode: 'web',
        complete: 1,
        partial: 1,
        firstReceivedAt: cutoffAt,
        lastReceivedAt: at('2026-11-20T00:00:00Z'),
      },
    ]);
    expect(JSON.stringify(late)).not.toContain('overall');
  });
});
