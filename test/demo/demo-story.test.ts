import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createCallCounter } from '../../src/follow-up-calls/call-tally.ts';
import { buildScorecards } from '../../src/scorecards/scorecard-set.ts';
import type { Scorecard } from '../../src/scorecards/scorecard.ts';
import { groupBy } from '../../src/shared/group-by.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { addMonths } from '../../src/shared/reporting-period.ts';
import type { PeriodTally, SurveyResponse } from '../../src/survey-responses/survey-response.ts';
import { deepRuns } from '../support/deep.ts';
import { demoAt, dueAt, monthOf, shippedCatalogue, shippedHospital } from './demo-world.ts';
import type { DemoWorld } from './demo-world.ts';

const time = createHospitalTime('Asia/Shanghai');
const codes = [...shippedHospital.activity.map(({ code }) => code), 'rehabilitation', 'logistics', 'canteen'];

const segment = (one: SurveyResponse): readonly unknown[] => [one.departmentCode, one.formId, one.mode];

const counted = <T extends object>(groups: ReadonlyMap<string, readonly T[]>): (T & { count: number })[] =>
  [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map((first) => Object.assign({}, first, { count: group.length })),
  );

function tallyOf(responses: readonly SurveyResponse[]): PeriodTally {
  const complete = responses.filter(({ completeness }) => completeness === 'complete');
  const choices = complete.flatMap((response) =>
    response.answers.map(({ item, option }) => ({ ...response, item, option })),
  );
  const items = groupBy(choices, (one) => JSON.stringify([...segment(one), one.item, one.option]));
  const sets = groupBy(responses, (one) =>
    JSON.stringify([...segment(one), one.completeness, one.validDimensions]),
  );
  return { items: counted(items), responses: counted(sets) };
}

async function closed(
  world: DemoWorld,
  period: string,
  previous: readonly Scorecard[],
): Promise<readonly Scorecard[]> {
  const cutoffAt = dueAt(period);
  const { responses, calls } = await monthOf(world, period);
  const counter = createCallCounter(cutoffAt, time);
  for (const call of calls) counter.add(call);
  return buildScorecards({
    period,
    revision: 1,
    cutoffAt,
    tally: tallyOf(responses.filter(({ receivedAt }) => receivedAt < cutoffAt)),
    calls: counter.result(period, new Map()),
    departments: codes.map((code) => ({ code, name: { 'zh-Hans': code } })),
    hospitalName: { 'zh-Hans': '全院' },
    catalogue: shippedCatalogue,
    previous: new Map(previous.map((card) => [card.departmentCode, card])),
  });
}

/** The verdicts of the last closed month and of the one before. */
async function verdictsAt(now: Date): Promise<readonly Readonly<Record<string, string>>[]> {
  const world = demoAt(now);
  const last = world.months.closed.at(-1) ?? '';
  const cards: (readonly Scorecard[])[] = [[]];
  for (const period of [addMonths(last, -2), addMonths(last, -1), last]) {
    cards.push(await closed(world, period, cards.at(-1) ?? []));
  }
  return cards
    .slice(2)
    .map((month) => Object.fromEntries(month.map((card) => [card.departmentCode, card.verdict])));
}

const unchanged = codes.filter(
  (code) => !['orthopaedics', 'emergency', 'ophthalmology', 'rehabilitation'].includes(code),
);

describe('the story of the demonstration', () => {
  test('one department improves, one falls, one is small, one has nothing, nothing else moves, whenever it begins', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.noShrink(
          fc.date({
            min: new Date('2026-03-01T00:00:00Z'),
            max: new Date('2027-12-31T00:00:00Z'),
            noInvalidDate: true,
          }),
        ),
        async (now) => {
          const [before = {}, last = {}] = await verdictsAt(now);
          expect(last).toMatchObject({
            orthopaedics: 'better',
            emergency: 'worse',
            ophthalmology: 'too-few',
            rehabilitation: 'no-data',
            ...Object.fromEntries(unchanged.map((code) => [code, 'no-change'])),
          });
          const quiet = [...unchanged, 'orthopaedics', 'emergency'];
          expect(before).toMatchObject(Object.fromEntries(quiet.map((code) => [code, 'no-change'])));
        },
      ),
      { numRuns: deepRuns(2, 60) },
    );
  });
});
