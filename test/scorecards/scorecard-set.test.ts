import { describe, expect, test } from '@jest/globals';
import { buildScorecards } from '../../src/scorecards/scorecard-set.ts';
import type { Scorecard } from '../../src/scorecards/scorecard.ts';
import type { PeriodTally } from '../../src/survey-responses/survey-response.ts';
import { callTally, catalogue, discharged, tallyOf, words } from '../support/scorecard-month.ts';

function cardsOf(
  tally: PeriodTally,
  calls = [callTally('cardiology', { I: 20, R: 5 })],
): readonly Scorecard[] {
  return buildScorecards({
    period: '2026-10',
    revision: 1,
    cutoffAt: new Date('2026-11-13T00:00:00Z'),
    tally,
    calls,
    departments: ['cardiology', 'surgery', 'billing'].map((code) => ({ code, name: words(code) })),
    hospitalName: words('Hospital'),
    catalogue,
    previous: new Map(),
  });
}

const cardOf = (cards: readonly Scorecard[], code: string): Scorecard | undefined =>
  cards.find(({ departmentCode }) => departmentCode === code);

describe('the scorecards of a month', () => {
  const month = tallyOf([
    { count: 50, chosen: { attitude: 'very', charges: 'good', overall: 'very' } },
    {
      count: 30,
      form: discharged,
      mode: 'phone',
      verification: 'call',
      chosen: { nurse: 'good', overall: 'good' },
    },
    { count: 40, departmentCode: 'surgery', chosen: { attitude: 'poor', charges: 'poor', overall: 'good' } },
  ]);

  test('there is one for each department and one for the hospital', () => {
    expect(cardsOf(month).map(({ departmentCode }) => departmentCode)).toEqual([
      'cardiology',
      'surgery',
      'billing',
      'hospital',
    ]);
  });

  test('patient groups are never mixed: the same item code has a figure in each group', () => {
    const sections = cardOf(cardsOf(month), 'cardiology')?.sections ?? [];

    const overall = sections.map(({ patientGroup, items }) => [
      patientGroup,
      items.find(({ code }) => code === 'overall')?.n,
    ]);
    expect(overall).toEqual([
      ['discharged', 30],
      ['outpatient', 50],
    ]);
  });

  test('a fixed unit gets what all patients say of it, and no department does', () => {
    const cards = cardsOf(month);

    expect(cardOf(cards, 'billing')?.sections).toMatchObject([
      {
        scope: 'fixed-unit',
        patientGroup: 'outpatient',
        items: [{ code: 'charges', satisfied: { x: 50, n: 90 } }],
      },
    ]);
    const clinical = cardOf(cards, 'cardiology')?.sections.flatMap(({ items }) => items) ?? [];
    expect(clinical.map(({ code }) => code)).not.toContain('charges');
  });

  test('a confidential item is on no card, not even when a tally should hold it', () => {
    const leak = {
      departmentCode: 'cardiology',
      patientGroup: 'outpatient',
      formId: 'outpatient',
      formVersion: 1,
      mode: 'web',
      verification: 'none',
      item: 'red-packet',
      option: 'poor',
      count: 50,
    } as const;

    const cards = cardsOf({ ...month, items: [...month.items, leak] });

    expect(JSON.stringify(cards)).not.toContain('red-packet');
    expect(cards).toEqual(cardsOf(month));
  });

  test('a department with nothing gets a card that says so', () => {
    expect(cardOf(cardsOf(tallyOf([]), []), 'surgery')).toMatchObject({
      sections: [],
      calls: null,
      verdict: 'no-data',
    });
  });

  test('the hospital’s calls are the sum of all departments’', () => {
    const calls = [callTally('cardiology', { I: 20, R: 5 }), callTally('surgery', { I: 10, NC: 7 })];

    expect(cardOf(cardsOf(month, calls), 'hospital')?.calls).toMatchObject({
      discharges: 42,
      classes: { I: 30, R: 5, NC: 7 },
    });
  });

  test('an answer to an option that no form has stops the count', () => {
    const [first] = month.items;
    if (!first) throw new Error('There is no answer.');

    expect(() => cardsOf({ ...month, items: [{ ...first, option: 'unknown' }] })).toThrow(
      'which no form has',
    );
  });
});
