import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createScorecardStore } from '../../src/scorecards/scorecard.store.ts';
import type { FrozenScorecard } from '../../src/scorecards/scorecard.ts';
import { wireScorecards } from '../../src/scorecards/scorecards.wiring.ts';
import { contentHash } from '../../src/shared/content-hash.crypto.ts';
import { callTally } from '../support/scorecard-month.ts';
import { openScorecardsWorld } from '../support/scorecards-world.ts';
import type { ScorecardsWorld } from '../support/scorecards-world.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const [october, november] = ['2026-10', '2026-11'];
let database: TestDatabase;
let world: ScorecardsWorld;

beforeEach(async () => {
  database = await openTestDatabase();
  world = openScorecardsWorld(database.connection);
  await database.buildIndexes();
  world.answers.set(october, [{ count: 40, chosen: { attitude: 'very' } }]);
  world.answers.set(november, [{ count: 40, chosen: { attitude: 'very' } }]);
  world.calls.set(october, [callTally('cardiology', { I: 32, NC: 23 }, { open: 12 })]);
  await world.slice.closeMonth.close(october, 'system');
  world.calls.set(october, [callTally('cardiology', { I: 37, NC: 18 })]);
  world.now = new Date('2026-12-13T00:10:00Z');
});

afterEach(async () => {
  await database.drop();
});

async function cardOf(period: string, revision: number = 1): Promise<FrozenScorecard> {
  const key = { period, revision, departmentCode: 'cardiology' };
  const card = await createScorecardStore(database.connection).find(key);
  if (!card) throw new Error('There is no card.');
  return card;
}

function mailOf(period: string): ReturnType<ScorecardsWorld['slice']['renderScorecardMail']> {
  return world.slice.renderScorecardMail(period, 'cardiology', 1, 'zh-Hans');
}

describe('closing two months one after the other', () => {
  test('freezes last month’s final call rates in the next scorecard, which prints them beside what was printed then', async () => {
    await world.slice.closeMonth.close(november, 'system');

    const { contentHash: stored, ...card } = await cardOf(november);
    expect(contentHash(card)).toBe(stored);
    expect(card.previousCalls).toMatchObject({
      period: october,
      printed: { completed: 32, rates: { RR1: { x: 32, n: 55 } } },
      final: { completed: 37, rates: { RR1: { x: 37, n: 55 } } },
    });
    world.calls.set(october, [callTally('cardiology', { I: 45, NC: 10 })]);
    const { html, text } = await mailOf(november);
    for (const body of [html, text]) {
      expect(body).toContain('2026年10月回访最终结果');
      expect(body).toMatch(/67\.3%（37\/55）(<\/strong>)? · 上月月报为 58\.2%（32\/55）/);
    }
  });

  test('a revision keeps the final figures of the first closing', async () => {
    await world.slice.closeMonth.close(november, 'system');
    world.calls.set(october, [callTally('cardiology', { I: 40, NC: 15 })]);
    world.now = new Date('2026-12-20T00:10:00Z');
    await world.slice.reviseMonth.revise(november, {
      reason: '补录问卷二十份',
      requestedBy: 'account-office',
    });

    expect((await cardOf(november, 2)).previousCalls).toEqual((await cardOf(november)).previousCalls);
  });

  test('a later revision of the month counts its calls no later than the final figures did', async () => {
    const { cutoffAt } = await world.slice.closeMonth.close(november, 'system');
    const counted: Date[] = [];
    const { reviseMonth } = wireScorecards({
      ...world.deps,
      tallyCalls: async (period, until) => {
        counted.push(until);
        return world.calls.get(period) ?? [];
      },
    });
    world.now = new Date('2026-12-20T00:10:00Z');
    await reviseMonth.revise(october, { reason: '补录问卷二十份', requestedBy: 'account-office' });

    expect(counted.at(-1)).toEqual(cutoffAt);
  });

  test('the 截至 note on calls stands only on the month that had open calls', async () => {
    world.calls.set(november, [callTally('cardiology', { I: 30, NC: 10 })]);
    await world.slice.closeMonth.close(november, 'system');

    expect((await mailOf(october)).text).toContain('回访仍在进行');
    expect((await mailOf(november)).text).not.toContain('回访仍在进行');
  });

  test('a snapshot from before finals were kept is read as one without', async () => {
    await database.connection
      .collection('scorecards')
      .updateMany({}, { $unset: { 'scorecard.previousCalls': '', 'scorecard.calls.open': '' } });

    const { card } = await world.slice.findScorecard(october, 'cardiology');
    expect(card).toMatchObject({ previousCalls: null, calls: { moving: true } });
  });
});
