import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import { createProvisionalCounts } from '../../src/scorecards/count-provisional.ts';
import type { ProvisionalCounts } from '../../src/scorecards/count-provisional.ts';
import { openScorecardsWorld } from '../support/scorecards-world.ts';
import type { ScorecardsWorld } from '../support/scorecards-world.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

/* 快报: who asks never waits for a count of a million answers, and never sees one that is older than 20 minutes. */

let database: TestDatabase;
let world: ScorecardsWorld;
let counted: string[];
/** What every count waits for. */
let gate: Promise<void>;
let provisional: ProvisionalCounts;

const at = (time: string): void => {
  world.now = new Date(`2026-11-10T${time}:30Z`);
};
const cutoffOf = async (): Promise<string> => {
  const [card] = await provisional.count('2026-11');
  return card?.cutoffAt.toISOString().slice(11, 16) ?? 'none';
};

afterEach(() => database.drop());

beforeEach(async () => {
  database = await openTestDatabase();
  world = openScorecardsWorld(database.connection);
  await database.buildIndexes();
  counted = [];
  gate = Promise.resolve();
  const { periods, scorecards } = world.slice;
  provisional = createProvisionalCounts({
    ...world.deps,
    periods,
    scorecards,
    tallyPeriod: async (period, cutoffAt) => {
      counted.push(period);
      await gate;
      return world.deps.tallyPeriod(period, cutoffAt);
    },
  });
});

test('the month is counted once in ten minutes of the clock, however many ask at once', async () => {
  at('08:11');
  await Promise.all([cutoffOf(), cutoffOf()]);
  at('08:19');
  expect(await cutoffOf()).toBe('08:10');
  expect(counted).toEqual(['2026-11']);
});

test('while it is counted anew, the count of ten minutes before is shown at once', async () => {
  at('08:11');
  await cutoffOf();
  at('08:21');
  const opened = new EventEmitter();
  gate = once(opened, 'open').then(() => undefined);

  expect(await cutoffOf()).toBe('08:10');
  opened.emit('open');
  await provisional.renew();
  expect(await cutoffOf()).toBe('08:20');
  expect(counted).toEqual(['2026-11', '2026-11', '2026-10']);
});

test('a count older than twenty minutes is not shown: the reader waits for a new one', async () => {
  at('08:11');
  await cutoffOf();
  at('08:31');

  expect(await cutoffOf()).toBe('08:30');
});

test('the open months are counted before somebody asks, a closed one is not', async () => {
  at('08:11');
  await provisional.renew();
  expect(counted).toEqual(['2026-11', '2026-10']);
  await provisional.renew();
  await cutoffOf();
  expect(counted).toHaveLength(2);

  world.now = new Date('2026-11-13T00:11:30Z');
  await world.slice.closeMonth.close('2026-10', 'system');
  counted = [];
  await provisional.renew();
  expect(counted).toEqual(['2026-11']);
});

test('a count that failed is not remembered, and whoever waited for it is told', async () => {
  at('08:11');
  gate = Promise.reject(new Error('away'));
  await expect(cutoffOf()).rejects.toThrow('away');
  gate = Promise.resolve();

  expect(await cutoffOf()).toBe('08:10');
});
