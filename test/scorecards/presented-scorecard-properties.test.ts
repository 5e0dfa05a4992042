import { describe, expect, test } from '@jest/globals';
import { array, assert, constantFrom, integer, oneof, property, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { presentScorecard } from '../../src/scorecards/present-scorecard.ts';
import type {
  PresentedDimension,
  PresentedHospital,
  PresentedItem,
} from '../../src/scorecards/presented-scorecard.ts';
import type { Scorecard } from '../../src/scorecards/scorecard.ts';
import { displayLevel } from '../../src/statistics/small-numbers.ts';
import { deepRuns } from '../support/deep.ts';
import { rawCards } from '../support/presented.ts';
import type { Answers } from '../support/scorecard-month.ts';

const isSmall = (n: number): boolean => n > 0 && n < 5;

const hospitalAllowed = (hospital: PresentedHospital | null): boolean =>
  hospital === null || hospital.n >= 30;

/** Whether level, percentages and hospital are what the ladder allows for the figure's n. */
function isAsItsN({ n, level, satisfied, hospital }: PresentedItem | PresentedDimension): boolean {
  if (n === null) return level === 'hidden' && !satisfied && !hospital;
  const showsPercentage = typeof satisfied?.value === 'number';
  return (
    !isSmall(n) && level === displayLevel(n) && (n >= 30 || !showsPercentage) && hospitalAllowed(hospital)
  );
}

const option = constantFrom('very', 'good', 'poor', 'not-applicable');
const someAnswers: Arbitrary<Answers> = record({
  count: oneof(integer({ min: 1, max: 6 }), integer({ min: 20, max: 120 })),
  departmentCode: constantFrom('cardiology', 'surgery', 'ent'),
  mode: constantFrom('web', 'phone', 'paper'),
  completeness: constantFrom('complete', 'complete', 'complete', 'partial'),
  chosen: record(
    { attitude: option, waiting: option, clear: option, charges: option, overall: option },
    { requiredKeys: [] },
  ),
});
const month = array(someAnswers, { minLength: 1, maxLength: 8 });

/** The same scorecard with other answers in every cell of 1–4 and with raw composites that nobody may see. */
function withOtherSecrets(card: Scorecard): Scorecard {
  return {
    ...card,
    sections: card.sections.map((section) => ({
      ...section,
      items: section.items.map((item) =>
        isSmall(item.n)
          ? {
              ...item,
              meanScore: item.meanScore === null ? null : 100 - item.meanScore,
              satisfied: { x: item.n - item.satisfied.x, n: item.n },
              topBox: { x: item.n - item.topBox.x, n: item.n },
              optionCounts: {},
            }
          : item,
      ),
      dimensions: section.dimensions.map((dimension) => ({
        ...dimension,
        satisfied: { value: 0.123, low: 0.1, high: 0.2 },
        topBox: null,
        meanScore: 1,
      })),
    })),
  };
}

describe('for every month', () => {
  test('what is presented does not depend on any answer in a cell of 1–4', () => {
    assert(
      property(month, (answers) => {
        for (const card of rawCards(answers)) {
          expect(presentScorecard(withOtherSecrets(card))).toEqual(presentScorecard(card));
        }
      }),
      { numRuns: deepRuns(150, 5000) },
    );
  });

  test('no n of 1–4 is presented, every level is that of its n, and percentages stand only from 30 on', () => {
    assert(
      property(month, (answers) => {
        const cards = rawCards(answers).map((card) => presentScorecard(card));
        const sections = cards.flatMap((card) => card.sections);
        const figures = sections.flatMap(({ items, dimensions }) => [...items, ...dimensions]);
        expect(figures.filter((figure) => !isAsItsN(figure))).toEqual([]);
        const counts = [
          ...sections.flatMap(({ responses }) => responses.byMode.map(({ n }) => n)),
          ...sections.map(({ responses }) => responses.complete),
          ...sections.map(({ responses }) => responses.partial),
        ];
        expect(counts.filter((n) => n !== null && isSmall(n))).toEqual([]);
        expect(JSON.stringify(cards)).not.toContain('optionCounts');
      }),
      { numRuns: deepRuns(150, 5000) },
    );
  });
});
