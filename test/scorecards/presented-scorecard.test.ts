import { describe, expect, test } from '@jest/globals';
import { presentScorecard } from '../../src/scorecards/present-scorecard.ts';
import type { PresentedScorecard } from '../../src/scorecards/presented-scorecard.ts';
import { presentProvisional } from '../../src/scorecards/provisional-scorecard.ts';
import { presented, rawCards } from '../support/presented.ts';

const itemOf = (card: PresentedScorecard, code: string) =>
  card.sections.flatMap(({ items }) => items).find((item) => item.code === code);

const dimensionOf = (card: PresentedScorecard, name: string) =>
  card.sections.flatMap(({ dimensions }) => dimensions).find(({ dimension }) => dimension === name);

describe('the ladder', () => {
  test.each([
    [4, 'hidden'],
    [5, 'counts'],
    [29, 'counts'],
    [30, 'careful'],
    [99, 'careful'],
    [100, 'full'],
  ])('%i valid answers of an item are shown as %s', (n, level) => {
    const card = presented([
      { count: n, chosen: { attitude: 'very', overall: 'very' } },
      { count: 50, chosen: { overall: 'very' } },
    ]);

    expect(itemOf(card, 'attitude')?.level).toBe(level);
  });

  test('5–29 answers give counts and nothing that needs a percentage', () => {
    // 17 of 19, as in 满意 17/19.
    const card = presented([
      { count: 17, chosen: { overall: 'very' } },
      { count: 2, chosen: { overall: 'poor' } },
    ]);

    expect(itemOf(card, 'overall')).toMatchObject({
      n: 19,
      satisfied: { x: 17, value: null, low: null, high: null },
      meanScore: null,
      hospital: null,
      standing: null,
      change: null,
    });
    expect(dimensionOf(card, 'overall')).toMatchObject({
      level: 'counts',
      n: 19,
      satisfied: null,
      meanScore: null,
    });
  });

  test('a group of 1–4 answers shows no item, no mode, no n', () => {
    const card = presented([{ count: 3, chosen: { overall: 'poor' }, mode: 'paper' }]);

    expect(card.sections).toMatchObject([
      {
        level: 'hidden',
        items: [],
        dimensions: [],
        responses: { complete: null, byMode: [] },
      },
    ]);
  });

  test('no answers are none, never 0 %', () => {
    const card = presented([{ count: 40, chosen: { overall: 'very', waiting: 'not-applicable' } }]);

    expect(itemOf(card, 'waiting')).toMatchObject({ level: 'none', n: 0, satisfied: null, meanScore: null });
  });
});

describe('what an attacker could subtract', () => {
  test('a dimension leaves a hidden item out, so that dimension minus items gives nothing', () => {
    // attitude 40 of 40; waiting 0 of 3, hidden: their mean would be 0.5 and give waiting away.
    const card = presented([
      { count: 37, chosen: { attitude: 'very' } },
      { count: 3, chosen: { attitude: 'very', waiting: 'poor' } },
    ]);

    expect(dimensionOf(card, 'service')).toMatchObject({
      itemCodes: ['attitude'],
      leftOut: 1,
      satisfied: { value: 1 },
      n: 40,
    });
  });

  test('a dimension whose n would tell the n of a hidden item is hidden', () => {
    // 40 answered attitude, 3 others only waiting: 43 − 40 = 3.
    const card = presented([
      { count: 40, chosen: { attitude: 'very', overall: 'very' } },
      { count: 3, chosen: { waiting: 'poor', overall: 'very' } },
    ]);

    expect(dimensionOf(card, 'service')).toMatchObject({ level: 'hidden', n: null, satisfied: null });
  });

  test.each([
    [29, false],
    [30, true],
  ])('the hospital stands beside a department when %i others answered: %s', (others, shown) => {
    const card = presented([
      { count: 100, chosen: { overall: 'very' } },
      { count: others, departmentCode: 'surgery', chosen: { overall: 'poor' } },
    ]);

    expect(itemOf(card, 'overall')?.hospital !== null).toBe(shown);
    expect(dimensionOf(card, 'overall')?.hospital !== null).toBe(shown);
  });

  test('hospital minus all departments is never a cell of 1–4', () => {
    const cards = rawCards([
      { count: 100, chosen: { overall: 'very' } },
      { count: 60, departmentCode: 'surgery', chosen: { overall: 'poor' } },
      { count: 2, departmentCode: 'ent', chosen: { overall: 'poor' } },
    ]).map((card) => presentScorecard(card));

    const n = cards.map((card) => itemOf(card, 'overall')?.n ?? null);
    expect(n).toEqual([100, 60, null, 160]);
  });

  test('a split by mode hides a second cell, and few partial answers are hidden', () => {
    const card = presented([
      { count: 40, chosen: { overall: 'very' } },
      { count: 9, chosen: { overall: 'very' }, mode: 'kiosk' },
      { count: 2, chosen: { overall: 'very' }, mode: 'paper' },
      { count: 3, chosen: { overall: 'very' }, completeness: 'partial' },
    ]);

    const { responses } = card.sections[0] ?? {};
    expect(responses?.byMode.map(({ mode, n }) => [mode, n])).toEqual([
      ['web', 40],
      ['kiosk', null],
      ['paper', null],
    ]);
    expect(responses).toMatchObject({ complete: 51, partial: null });
  });
});

describe('a 快报', () => {
  test('one more answer seldom shows: n in tens, whole percent, no numerators, no modes, no tests', () => {
    // 43 of 47 are 91.5 %; n 47 → 40.
    const [raw] = rawCards([
      { count: 43, chosen: { overall: 'very' } },
      { count: 4, chosen: { overall: 'poor' } },
    ]);
    if (!raw) throw new Error('There is no card.');

    const card = presentProvisional(raw);

    expect(card).toMatchObject({ provisional: true, revision: null, verdict: 'provisional' });
    expect(itemOf(card, 'overall')).toMatchObject({
      n: 40,
      satisfied: { x: null, value: 0.91 },
      change: null,
    });
    expect(card.sections[0]?.responses).toEqual({ complete: 45, partial: null, byMode: [] });
  });

  test('below 30 answers nothing of an item is shown', () => {
    const [raw] = rawCards([{ count: 29, chosen: { overall: 'very' } }]);
    if (!raw) throw new Error('There is no card.');

    expect(itemOf(presentProvisional(raw), 'overall')).toMatchObject({
      level: 'hidden',
      n: null,
      satisfied: null,
    });
  });
});
