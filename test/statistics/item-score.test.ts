import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { itemFigures, linearScore, type OptionCount } from '../../src/statistics/item-score.ts';
import { ratio } from '../../src/statistics/proportion.ts';
import { roundTo } from '../../src/statistics/rounding.ts';

const option = (score: number | null, count: number, marks: Partial<OptionCount> = {}): OptionCount => ({
  score,
  count,
  satisfied: false,
  topBox: false,
  notApplicable: false,
  ...marks,
});
const notApplicable = (count: number): OptionCount => option(null, count, { notApplicable: true });

/** 非常满意 60, 满意 30, 一般 6, 不满意 3, 非常不满意 1, with the scores a form gives them. */
const fiveLevels = (scores: readonly number[]): OptionCount[] =>
  [60, 30, 6, 3, 1].map((count, index) =>
    option(scores[index] ?? null, count, { satisfied: index < 2, topBox: index === 0 }),
  );

describe('linearScore', () => {
  test.each([
    [1, 4, 0],
    [2, 4, 100 / 3],
    [3, 4, 200 / 3],
    [4, 4, 100],
    [10, 11, 90],
    [1, 2, 0],
    [2, 2, 100],
    [3, 5, 50],
  ])('gives rank %d of %d its HCAHPS score', (rank, levels, score) => {
    expect(linearScore(rank, levels)).toBeCloseTo(score, 12);
  });

  test.each([
    [1, 1],
    [0, 4],
    [5, 4],
    [1.5, 4],
    [1, 2.5],
  ])('refuses rank %d of %d', (rank, levels) => {
    expect(() => linearScore(rank, levels)).toThrow(RangeError);
  });
});

describe('itemFigures', () => {
  test('A1, A2: five levels give a satisfied rate of 90 % and a linear mean of 86.25', () => {
    const figures = itemFigures(fiveLevels([100, 75, 50, 25, 0]));

    expect(figures.satisfied).toEqual({ x: 90, n: 100 });
    expect(figures.topBox).toEqual({ x: 60, n: 100 });
    expect(figures.meanScore).toBe(86.25);
  });

  test('A3: the map of the form wins over the default', () => {
    expect(itemFigures(fiveLevels([100, 80, 60, 40, 20])).meanScore).toBe(89);
  });

  test('A4: four frequencies give 80 % 总是 and a linear mean of 90.333, shown as 90', () => {
    const counts = [2, 5, 13, 80];
    const figures = itemFigures(
      counts.map((count, index) => option(linearScore(index + 1, 4), count, { topBox: index === 3 })),
    );

    expect(ratio(figures.topBox.x, figures.topBox.n)).toBe(0.8);
    expect(figures.meanScore).toBeCloseTo(90.333, 3);
    expect(roundTo(figures.meanScore ?? 0, 0)).toBe(90);
  });

  test('A5: a 0–10 rating counts 9 and 10 as top box', () => {
    const counts = [0, 0, 4, 0, 0, 6, 0, 5, 15, 20, 50];
    const figures = itemFigures(
      counts.map((count, index) => option(linearScore(index + 1, 11), count, { topBox: index >= 9 })),
    );

    expect(figures.topBox).toEqual({ x: 70, n: 100 });
    expect(figures.meanScore).toBeCloseTo(87.3, 10);
  });

  test('A7: an option without a score that is not N/A stays in the denominator of the rates', () => {
    const counts = [40, 30, 10, 10, 5];
    const scored = counts.map((count, index) =>
      option(linearScore(5 - index, 5), count, { satisfied: index < 2 }),
    );
    const figures = itemFigures([...scored, option(null, 5)]);

    expect(figures.satisfied).toEqual({ x: 70, n: 100 });
    expect(figures.meanScore).toBeCloseTo((40 * 100 + 30 * 75 + 10 * 50 + 10 * 25) / 95, 10);
  });

  test('A8: 没按过呼叫铃 leaves numerator and denominator', () => {
    const figures = itemFigures([
      option(100, 40, { topBox: true }),
      option(200 / 3, 5),
      option(100 / 3, 3),
      option(0, 2),
      notApplicable(50),
    ]);

    expect(figures.validN).toBe(50);
    expect(figures.topBox).toEqual({ x: 40, n: 50 });
  });

  test('A9: all answers N/A are no value, never 0 and never 100', () => {
    const figures = itemFigures([option(100, 0, { topBox: true, satisfied: true }), notApplicable(12)]);

    expect(figures).toMatchObject({ validN: 0, meanScore: null, topBox: { x: 0, n: 0 } });
    expect(ratio(figures.satisfied.x, figures.satisfied.n)).toBeNull();
  });

  test('an item that is not scored has a distribution and no mean', () => {
    const figures = itemFigures([option(null, 3), option(null, 4)]);

    expect(figures).toMatchObject({ validN: 7, meanScore: null, histogram: [] });
  });

  test('of nothing is no value', () => {
    expect(itemFigures([]).meanScore).toBeNull();
  });

  test('N/A answers change no figure, whatever their number', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 500 }), { maxLength: 6 }),
        fc.nat({ max: 500 }),
        (counts, silent) => {
          const options = counts.map((count, index) => option(20 * index, count, { topBox: index === 5 }));
          expect(itemFigures([...options, notApplicable(silent)])).toEqual(itemFigures(options));
        },
      ),
    );
  });

  test('refuses a count that cannot be', () => {
    expect(() => itemFigures([option(100, -1)])).toThrow(RangeError);
    expect(() => itemFigures([notApplicable(0.5)])).toThrow(RangeError);
  });
});
