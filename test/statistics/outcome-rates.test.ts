import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  eligibleShare,
  outcomeClasses,
  outcomeRates,
  type OutcomeCounts,
  type OutcomeRateName,
} from '../../src/statistics/outcome-rates.ts';
import { roundTo } from '../../src/statistics/rounding.ts';

type Case = readonly [name: string, counts: OutcomeCounts, e: number | undefined, rates: (number | null)[]];

// In this order stand the expected rates below.
const rateOrder: OutcomeRateName[] = [
  'RR1',
  'RR2',
  'RR3',
  'RR4',
  'RR5',
  'RR6',
  'COOP1',
  'COOP2',
  'COOP3',
  'COOP4',
  'REF1',
  'REF2',
  'REF3',
  'CON1',
  'CON2',
  'CON3',
];

// ropensci/outcomerate (CC0), commit 98c74a81, README and tests; leeper/responserates (MIT), commit b0230d38, README, whose
// case c publishes RR1 alone.
const publishedCases: Case[] = [
  [
    'outcomerate README, default e',
    { I: 4, P: 2, R: 1, NC: 1, O: 1, UH: 1, UO: 1, NE: 1 },
    undefined,
    [
      0.364, 0.545, 0.37, 0.556, 0.444, 0.667, 0.5, 0.75, 0.571, 0.857, 0.091, 0.093, 0.111, 0.727, 0.741,
      0.889,
    ],
  ],
  [
    'outcomerate test-rate.R',
    { I: 5, P: 3, R: 2, NC: 1, O: 2, UH: 1, UO: 1, NE: 1 },
    0.5,
    [
      1 / 3,
      8 / 15,
      5 / 14,
      4 / 7,
      5 / 13,
      8 / 13,
      5 / 12,
      2 / 3,
      1 / 2,
      4 / 5,
      2 / 15,
      1 / 7,
      2 / 13,
      4 / 5,
      6 / 7,
      12 / 13,
    ],
  ],
  ['only unknown', { UO: 1 }, 0.3, [0, 0, 0, 0, null, null, null, null, null, null, 0, 0, null, 0, 0, null]],
  [
    'responserates README a',
    { I: 100, NC: 20 },
    1,
    [0.833, 0.833, 0.833, 0.833, 0.833, 0.833, 1, 1, 1, 1, 0, 0, 0, 0.833, 0.833, 0.833],
  ],
  [
    'responserates README b',
    { I: 100, NC: 20, UO: 100 },
    0.25,
    [0.455, 0.455, 0.69, 0.69, 0.833, 0.833, 1, 1, 1, 1, 0, 0, 0, 0.455, 0.69, 0.833],
  ],
  ['responserates README c', { I: 100, R: 400, NC: 300 }, 1, [0.125]],
];

// Formula matrix of ropensci/outcomerate (CC0), data-raw/fmat.csv: the terms of each numerator and denominator, the columns
// I P R NC O UH UO eUH eUO NE written as 0 or 1.
const formulaMatrix: Record<OutcomeRateName, readonly [numerator: string, denominator: string]> = {
  RR1: ['1000000000', '1111111000'],
  RR2: ['1100000000', '1111111000'],
  RR3: ['1000000000', '1111100110'],
  RR4: ['1100000000', '1111100110'],
  RR5: ['1000000000', '1111100000'],
  RR6: ['1100000000', '1111100000'],
  COOP1: ['1000000000', '1110100000'],
  COOP2: ['1100000000', '1110100000'],
  COOP3: ['1000000000', '1110000000'],
  COOP4: ['1100000000', '1110000000'],
  REF1: ['0010000000', '1111111000'],
  REF2: ['0010000000', '1111100110'],
  REF3: ['0010000000', '1111100000'],
  CON1: ['1110100000', '1111111000'],
  CON2: ['1110100000', '1111100110'],
  CON3: ['1110100000', '1111100000'],
  LOC1: ['1111100000', '1111111000'],
  LOC2: ['1111100000', '1111100110'],
};

const anyCounts = fc.record({
  I: fc.nat(500),
  P: fc.nat(50),
  R: fc.nat(50),
  NC: fc.nat(200),
  O: fc.nat(50),
  UH: fc.nat(50),
  UO: fc.nat(50),
  NE: fc.nat(100),
});

/** The three digits the publications print. */
const roundTo3 = (rate: number | null): number | null => (rate === null ? null : roundTo(rate, 3));

/** Sum of the terms a row of the matrix names. */
function sumOfTerms(row: string, counts: OutcomeCounts, e: number): number {
  const columns = ['I', 'P', 'R', 'NC', 'O', 'UH', 'UO', 'UH', 'UO', 'NE'] as const;
  const weight = (index: number): number => (row[index] === '1' ? (index === 7 || index === 8 ? e : 1) : 0);
  return columns.reduce((sum, name, index) => sum + weight(index) * (counts[name] ?? 0), 0);
}

describe('outcomeRates', () => {
  test.each(publishedCases)('%s', (_name, counts, e, expected) => {
    const rates = outcomeRates(counts, e);

    const printed = rateOrder.slice(0, expected.length).map((name) => roundTo3(rates[name]));
    expect(printed).toEqual(expected.map(roundTo3));
  });

  test.each(Object.entries(formulaMatrix))('%s has the published terms', (name, [numerator, denominator]) => {
    fc.assert(
      fc.property(anyCounts, fc.double({ min: 0.01, max: 1, noNaN: true }), (counts, e) => {
        const below = sumOfTerms(denominator, counts, e);
        const rate = Object.entries(outcomeRates(counts, e)).find(([key]) => key === name)?.[1];
        const expected = below === 0 ? null : sumOfTerms(numerator, counts, e) / below;
        const error = rate === null || expected === null ? 0 : Math.abs((rate ?? 9) - expected);
        expect(rate === null).toBe(expected === null);
        expect(error).toBeLessThan(1e-12);
      }),
    );
  });

  // A list of 1,200 discharges, 40 of whose 250 non-contacts are 空号. AAPOR's 'not eligible' is meant for random digits.
  test('a dead number stays in the denominator: moving it out would raise RR1 from 63.64 % to 66.04 %', () => {
    const honest = outcomeRates({ I: 700, P: 30, R: 60, NC: 250, O: 60, NE: 100 });
    const inflated = outcomeRates({ I: 700, P: 30, R: 60, NC: 210, O: 60, NE: 140 });

    expect(honest.RR1).toBeCloseTo(0.6364, 4);
    expect(inflated.RR1).toBeCloseTo(0.6604, 4);
  });

  test('of no cases are no value, every one', () => {
    expect(Object.values(outcomeRates({})).every((rate) => rate === null)).toBe(true);
  });

  test('that need e are no value when nobody’s eligibility is known', () => {
    expect(outcomeRates({ UH: 3 })).toMatchObject({ RR1: 0, RR3: null, REF2: null, CON2: null, e: null });
  });

  test('stay within 0 and 1 and never meet a number that is none', () => {
    fc.assert(
      fc.property(anyCounts, (counts) => {
        const rates = Object.values(outcomeRates(counts));
        expect(rates.every((rate) => rate === null || (rate >= 0 && rate <= 1))).toBe(true);
      }),
    );
  });

  test('the default e is the eligible share of the cases known', () => {
    expect(eligibleShare({ I: 4, P: 2, R: 1, NC: 1, O: 1, UH: 1, UO: 1, NE: 1 })).toBe(0.9);
    expect(eligibleShare({ UO: 4 })).toBeNull();
  });

  test.each(outcomeClasses)('refuse a count of %s that cannot be', (name) => {
    expect(() => outcomeRates({ [name]: -1 }, 1)).toThrow(name);
    expect(() => outcomeRates({ [name]: 0.5 }, 1)).toThrow(RangeError);
  });

  test.each([-0.1, 1.1, Number.NaN])('refuse an e of %d', (e) => {
    expect(() => outcomeRates({ I: 1 }, e)).toThrow(RangeError);
  });
});
