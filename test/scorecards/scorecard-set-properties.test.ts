import { describe, expect, test } from '@jest/globals';
import { array, assert, constantFrom, integer, oneof, property, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { buildScorecards } from '../../src/scorecards/scorecard-set.ts';
import type { ScorecardSection } from '../../src/scorecards/scorecard.ts';
import { deepRuns } from '../support/deep.ts';
import { naiveSection } from '../support/naive-section.ts';
import type { NaiveSection } from '../support/naive-section.ts';
import {
  catalogue,
  discharged,
  outpatient1,
  outpatient2,
  tallyOf,
  words,
} from '../support/scorecard-month.ts';
import type { Answers } from '../support/scorecard-month.ts';

const departments = ['cardiology', 'surgery', 'ent', 'billing'];

const option = constantFrom('very', 'good', 'poor', 'not-applicable');
const someAnswers: Arbitrary<Answers> = record({
  count: oneof(integer({ min: 1, max: 6 }), integer({ min: 20, max: 120 })),
  departmentCode: constantFrom(...departments),
  form: constantFrom(outpatient1, outpatient2, discharged),
  mode: constantFrom('web', 'phone', 'paper'),
  completeness: constantFrom('complete', 'complete', 'complete', 'partial'),
  chosen: record(
    { attitude: option, waiting: option, clear: option, charges: option, nurse: option, overall: option },
    { requiredKeys: [] },
  ),
});
const month = array(someAnswers, { maxLength: 24 });

const rounded = (score: number | null): number | null => (score === null ? null : Number(score.toFixed(9)));

/** What a naive count can tell of a section. */
function told(section: ScorecardSection): NaiveSection {
  return {
    complete: section.responses.complete,
    partial: section.responses.partial,
    items: section.items.map(({ code, n, meanScore, satisfied, topBox, optionCounts, hospital }) => ({
      code,
      own: {
        n,
        satisfied: satisfied.x,
        topBox: topBox.x,
        meanScore: rounded(meanScore),
        options: optionCounts,
      },
      hospital: {
        n: hospital.satisfied.n,
        satisfied: hospital.satisfied.x,
        topBox: hospital.topBox.x,
        meanScore: rounded(hospital.meanScore),
      },
    })),
    dimensions: section.dimensions.map(({ dimension, n, hospital }) => ({
      dimension,
      n,
      hospitalN: hospital.n,
    })),
  };
}

describe('the scorecards of any month', () => {
  test('give every figure that counting the answers one by one gives', () => {
    assert(
      property(month, (answers) => {
        const cards = buildScorecards({
          period: '2026-10',
          revision: 1,
          cutoffAt: new Date('2026-11-13T00:00:00Z'),
          tally: tallyOf(answers),
          calls: [],
          departments: departments.map((code) => ({ code, name: words(code) })),
          hospitalName: words('Hospital'),
          catalogue,
          previous: new Map(),
        });

        for (const { departmentCode, sections } of cards) {
          const scopes = departmentCode === 'hospital' ? ['hospital'] : ['own', 'fixed-unit'];
          const found = sections.map((section) => [section.scope, section.patientGroup, told(section)]);
          const expected = scopes.flatMap((scope) =>
            ['discharged', 'outpatient'].flatMap((group) => {
              const naive = naiveSection(answers, group, { code: departmentCode, scope });
              return naive ? [[scope, group, naive]] : [];
            }),
          );
          expect(found).toEqual(expected);
        }
      }),
      { numRuns: deepRuns(150, 5_000) },
    );
  });
});
