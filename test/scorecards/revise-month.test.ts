import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createPeriodStore } from '../../src/scorecards/period.store.ts';
import { createReviseMonth } from '../../src/scorecards/revise-month.ts';
import { createScorecardStore } from '../../src/scorecards/scorecard.store.ts';
import type { ScorecardStore } from '../../src/scorecards/scorecard.store.ts';
import { wireScorecards } from '../../src/scorecards/scorecards.wiring.ts';
import { callTally } from '../support/scorecard-month.ts';
import { openScorecardsWorld } from '../support/scorecards-world.ts';
import type { ScorecardsWorld } from '../support/scorecards-world.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const october = '2026-10';
const reason = '补录纸质问卷二十份';
const wish = { reason, requestedBy: 'account-office' };
let database: TestDatabase;
let world: ScorecardsWorld;
let store: ScorecardStore;

beforeEach(async () => {
  database = await openTestDatabase();
  world = openScorecardsWorld(database.connection);
  store = createScorecardStore(database.connection);
  await database.buildIndexes();
  world.answers.set(october, [{ count: 100, chosen: { attitude: 'very', overall: 'very' } }]);
  world.calls.set(october, [callTally('cardiology', { I: 30, NC: 10 })]);
  await world.slice.closeMonth.close(october, 'system');
  late(20);
  world.now = new Date('2026-11-20T01:00:00Z');
});

afterEach(async () => {
  await database.drop();
});

function late(count: number, receivedAt: Date = new Date('2026-11-16T01:00:00Z')): void {
  world.answers.get(october)?.push({
    count,
    mode: 'paper',
    chosen: { attitude: 'poor', overall: 'poor' },
    receivedAt,
  });
}

const attitude = async (revision: number): Promise<object | undefined> => {
  const card = await store.find({ period: october, revision, departmentCode: 'cardiology' });
  return card?.sections[0]?.items.find(({ code }) => code === 'attitude')?.satisfied;
};

describe('a revision', () => {
  test('counts late answers up to a new cut-off, keeps the reason, and leaves the first revision as it was', async () => {
    const { record, created } = await world.slice.reviseMonth.revise(october, wish);

    expect(created).toBe(true);
    expect(record).toMatchObject({
      period: october,
      revision: 2,
      reason,
      closedBy: 'account-office',
      cutoffAt: new Date('2026-11-20T00:59:00Z'),
      closedAt: world.now,
    });
    // 100 of 100 in time; 20 late ones, none satisfied.
    expect(await attitude(1)).toEqual({ x: 100, n: 100 });
    expect(await attitude(2)).toEqual({ x: 100, n: 120 });
    expect(await world.slice.periods.latest(october)).toEqual(record);
  });

  test('with the same reason, or from the revision looked at before, is answered by the one that stands', async () => {
    const { record } = await world.slice.reviseMonth.revise(october, { ...wish, base: 1 });
    world.now = new Date('2026-11-21T01:00:00Z');

    expect(await world.slice.reviseMonth.revise(october, wish)).toEqual({ record, created: false });
    expect(await world.slice.reviseMonth.revise(october, { ...wish, base: 1 })).toEqual({
      record,
      created: false,
    });
    expect(await world.slice.periods.revisions(october)).toHaveLength(2);
  });

  test('from a revision that is no longer the newest is refused when it says something else', async () => {
    await world.slice.reviseMonth.revise(october, { ...wish, base: 1 });

    const outdated = world.slice.reviseMonth.revise(october, { ...wish, reason: '另一个原因', base: 1 });

    await expect(outdated).rejects.toMatchObject({ code: 'revision_outdated' });
    expect(await world.slice.periods.revisions(october)).toHaveLength(2);
  });

  test('of an open month is refused: what arrives is still counted', async () => {
    const open = world.slice.reviseMonth.revise('2026-11', wish);

    await expect(open).rejects.toMatchObject({ kind: 'conflict', code: 'period_not_closed' });
  });

  test('by two instances at once is one revision with one content', async () => {
    const other = wireScorecards(world.deps);

    const made = await Promise.all([
      world.slice.reviseMonth.revise(october, { ...wish, base: 1 }),
      other.reviseMonth.revise(october, { ...wish, base: 1 }),
    ]);

    expect(new Set(made.map(({ record }) => record.contentHash)).size).toBe(1);
    expect(await world.slice.periods.revisions(october)).toHaveLength(2);
    expect(await store.findAll(october, 2)).toHaveLength(4);
  });

  test('whose process ends before the record is written is completed later, with the cut-off it had', async () => {
    const periods = createPeriodStore(database.connection);
    const dying = createReviseMonth({
      ...world.deps,
      scorecards: store,
      periods: { ...periods, record: () => Promise.reject(new Error('The process ended.')) },
    });
    await expect(dying.revise(october, wish)).rejects.toThrow('The process ended.');
    expect(await world.slice.periods.latest(october)).toMatchObject({ revision: 1 });
    late(40, new Date('2026-11-20T02:00:00Z'));
    world.now = new Date('2026-11-20T03:00:00Z');

    await world.slice.reviseMonth.completeAll();
    await world.slice.reviseMonth.completeAll();

    const latest = await world.slice.periods.latest(october);
    expect(latest).toMatchObject({ revision: 2, reason, cutoffAt: new Date('2026-11-20T00:59:00Z') });
    expect(await attitude(2)).toEqual({ x: 100, n: 120 });
  });

  test('leaves three late answers out, and the next one takes them in with two more', async () => {
    world.answers.get(october)?.pop();
    late(3);
    await world.slice.reviseMonth.revise(october, wish);
    expect(await attitude(2)).toEqual({ x: 100, n: 100 });
    late(2, new Date('2026-11-22T01:00:00Z'));
    world.now = new Date('2026-11-25T01:00:00Z');

    await world.slice.reviseMonth.revise(october, { ...wish, reason: '又补录纸质问卷' });

    expect(await attitude(3)).toEqual({ x: 100, n: 105 });
  });

  test('keeps the scorecard of a department that is gone since', async () => {
    world.departments.splice(world.departments.indexOf('surgery'), 1);

    const { record } = await world.slice.reviseMonth.revise(october, wish);

    expect(record.departmentCodes.toSorted()).toEqual(['billing', 'cardiology', 'hospital', 'surgery']);
  });
});
