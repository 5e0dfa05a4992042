import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createCloseMonth } from '../../src/scorecards/close-month.ts';
import { createPeriodStore } from '../../src/scorecards/period.store.ts';
import { createScorecardStore } from '../../src/scorecards/scorecard.store.ts';
import type { ScorecardStore } from '../../src/scorecards/scorecard.store.ts';
import { wireScorecards } from '../../src/scorecards/scorecards.wiring.ts';
import { contentHash } from '../../src/shared/content-hash.crypto.ts';
import { callTally } from '../support/scorecard-month.ts';
import { openScorecardsWorld } from '../support/scorecards-world.ts';
import type { ScorecardsWorld } from '../support/scorecards-world.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const october = '2026-10';
let database: TestDatabase;
let world: ScorecardsWorld;
let store: ScorecardStore;

beforeEach(async () => {
  database = await openTestDatabase();
  world = openScorecardsWorld(database.connection);
  store = createScorecardStore(database.connection);
  await database.buildIndexes();
  world.answers.set(october, [
    { count: 80, chosen: { attitude: 'very', overall: 'very', charges: 'good' } },
    { count: 20, chosen: { attitude: 'poor', overall: 'good', charges: 'good' } },
  ]);
  world.calls.set(october, [callTally('cardiology', { I: 30, R: 10 })]);
});

afterEach(async () => {
  await database.drop();
});

describe('closing a month', () => {
  test('freezes a scorecard for each department and the hospital, up to a cut-off before now', async () => {
    const record = await world.slice.closeMonth.close(october, 'account-1');

    expect(record).toMatchObject({
      period: october,
      revision: 1,
      cutoffAt: new Date('2026-11-13T00:09:00Z'),
      closedAt: world.now,
      closedBy: 'account-1',
      departmentCodes: ['cardiology', 'surgery', 'billing', 'hospital'],
    });
    expect(await store.findAll(october, 1)).toHaveLength(4);
  });

  test('what is stored is what was hashed', async () => {
    await world.slice.closeMonth.close(october, 'system');

    for (const { contentHash: stored, ...scorecard } of await store.findAll(october, 1)) {
      expect(contentHash(scorecard)).toBe(stored);
    }
  });

  test('again gives the same record, whatever happened since', async () => {
    const first = await world.slice.closeMonth.close(october, 'system');
    world.now = new Date('2026-11-20T00:00:00Z');
    world.answers.set(october, []);

    const again = await world.slice.closeMonth.close(october, 'account-2');

    expect(again).toEqual(first);
  });

  test('five closings at once, on two instances, give one record and one hash', async () => {
    const other = wireScorecards(world.deps);

    const records = await Promise.all(
      [0, 1, 2, 3, 4].map((n) =>
        (n % 2 === 0 ? world.slice : other).closeMonth.close(october, `account-${n}`),
      ),
    );

    for (const record of records) expect(record).toEqual(records[0]);
    expect(await world.slice.periods.list(10)).toHaveLength(1);
    expect(await store.findAll(october, 1)).toHaveLength(4);
  });

  test('an answer received after the cut-off changes nothing', async () => {
    await world.slice.closeMonth.close(october, 'system');
    const before = await store.findAll(october, 1);
    const late = new Date('2026-11-13T00:09:00Z');
    world.answers.get(october)?.push({ count: 50, receivedAt: late, chosen: { overall: 'poor' } });

    await world.slice.closeMonth.close(october, 'system');

    expect(await store.findAll(october, 1)).toEqual(before);
  });

  test('a process that died between the scorecards and the record is completed with the same cut-off', async () => {
    const periods = createPeriodStore(database.connection);
    let frozen = 0;
    const dying: ScorecardStore = {
      ...store,
      freeze: async (scorecard) => {
        if (frozen === 2) throw new Error('The process ends here.');
        frozen += 1;
        return store.freeze(scorecard);
      },
    };
    const dies = createCloseMonth({ ...world.deps, periods, scorecards: dying });
    await expect(dies.close(october, 'system')).rejects.toThrow('ends here');
    expect(await periods.latest(october)).toBeNull();
    world.now = new Date('2026-11-14T00:00:00Z');
    const between = new Date('2026-11-13T12:00:00Z');
    world.answers.get(october)?.push({ count: 9, receivedAt: between, chosen: { overall: 'poor' } });

    const record = await world.slice.closeMonth.close(october, 'system');

    const cards = await store.findAll(october, 1);
    expect(record.cutoffAt).toEqual(new Date('2026-11-13T00:09:00Z'));
    expect(cards.map(({ cutoffAt }) => cutoffAt)).toEqual(cards.map(() => record.cutoffAt));
    expect(
      cards.find(({ departmentCode }) => departmentCode === 'hospital')?.sections[0]?.responses.complete,
    ).toBe(100);
  });

  test('before its day a month is not due', async () => {
    world.now = new Date('2026-11-12T23:59:59Z');

    await expect(world.slice.closeMonth.close(october, 'system')).rejects.toMatchObject({
      kind: 'conflict',
      code: 'period_not_due',
    });
    expect(await store.findAll(october, 1)).toEqual([]);
  });

  test('a dry run counts the same and stores nothing', async () => {
    const dry = await world.slice.closeMonth.dryRun(october);
    await world.slice.closeMonth.close(october, 'system');

    const hashes = (await store.findAll(october, 1)).map((card) => card.contentHash).toSorted();
    expect(dry.map((card) => contentHash(card)).toSorted()).toEqual(hashes);
  });

  test('the next month is compared with the frozen one', async () => {
    await world.slice.closeMonth.close(october, 'system');
    world.now = new Date('2026-12-13T00:10:00Z');
    world.answers.set('2026-11', [
      { count: 99, chosen: { attitude: 'very', overall: 'very' } },
      { count: 1, chosen: { attitude: 'poor', overall: 'very' } },
    ]);

    await world.slice.closeMonth.close('2026-11', 'system');

    // attitude 80 of 100 → 99 of 100; overall 100 of 100 both months.
    const card = await store.find({ period: '2026-11', revision: 1, departmentCode: 'cardiology' });
    expect(card?.verdict).toBe('better');
    const attitude = card?.sections[0]?.items.find(({ code }) => code === 'attitude');
    expect(attitude?.previousSatisfied).toEqual({ x: 80, n: 100 });
    expect(attitude?.change?.difference).toBeCloseTo(0.19, 12);
  });

  test('a department with nothing gets a scorecard too', async () => {
    await world.slice.closeMonth.close(october, 'system');

    const card = await store.find({ period: october, revision: 1, departmentCode: 'surgery' });
    expect(card).toMatchObject({ verdict: 'no-data', sections: [], calls: null });
  });
});
