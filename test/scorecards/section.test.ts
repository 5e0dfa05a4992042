import { describe, expect, test } from '@jest/globals';
import { groupCounts } from '../../src/scorecards/group-counts.ts';
import { joinForms } from '../../src/scorecards/item-tally.ts';
import { buildSection } from '../../src/scorecards/section.ts';
import type { UntestedSection } from '../../src/scorecards/section.ts';
import type { SectionScope } from '../../src/scorecards/scorecard.ts';
import type { Answers } from '../support/scorecard-month.ts';
import { catalogue, outpatient1, outpatient2, tallyOf } from '../support/scorecard-month.ts';

function sectionOf(
  answers: readonly Answers[],
  code: string = 'cardiology',
  scope: SectionScope = 'own',
): UntestedSection {
  const tally = tallyOf(answers);
  const month = { counted: joinForms(tally, catalogue), responses: tally.responses };
  const group = { patientGroup: 'outpatient', form: outpatient2 };
  const section = buildSection(groupCounts(month, group), { code, scope });
  if (!section) throw new Error('There is no section.');
  return section;
}

const item = (section: UntestedSection, code: string): UntestedSection['items'][number] => {
  const found = section.items.find((one) => one.code === code);
  if (!found) throw new Error(`There is no item ${code}.`);
  return found;
};

const hospitalN = (section: UntestedSection): number | undefined =>
  section.dimensions.find(({ dimension }) => dimension === 'overall')?.hospital.n;

describe('a section', () => {
  test('counts each answer by the score map of the version it was given on', () => {
    // Version 1: 40 very (100), 20 good (75); version 2: 20 good (60), 10 poor (0). n = 90, satisfied 80, top box 40;
    // mean (4000 + 1500 + 1200 + 0) / 90 = 6700 / 90.
    const section = sectionOf([
      { count: 40, form: outpatient1, chosen: { attitude: 'very' } },
      { count: 20, form: outpatient1, chosen: { attitude: 'good' } },
      { count: 20, form: outpatient2, chosen: { attitude: 'good' } },
      { count: 10, form: outpatient2, chosen: { attitude: 'poor' } },
    ]);

    expect(item(section, 'attitude')).toMatchObject({
      n: 90,
      satisfied: { x: 80, n: 90 },
      topBox: { x: 40, n: 90 },
    });
    expect(item(section, 'attitude').meanScore).toBeCloseTo(6700 / 90, 10);
    expect(section.forms).toEqual([
      { formId: 'outpatient', formVersion: 1 },
      { formId: 'outpatient', formVersion: 2 },
    ]);
  });

  test('N/A leaves numerator and denominator, and an item answered N/A by all has no value', () => {
    const section = sectionOf([
      { count: 30, chosen: { attitude: 'very', waiting: 'not-applicable' } },
      { count: 10, chosen: { attitude: 'not-applicable', waiting: 'not-applicable' } },
    ]);

    expect(item(section, 'attitude')).toMatchObject({ n: 30, satisfied: { x: 30, n: 30 } });
    expect(item(section, 'waiting')).toMatchObject({ n: 0, meanScore: null, satisfied: { x: 0, n: 0 } });
  });

  // Domain rule A6: 80 of 100 and 45 of 60 and 90 of 100 → 81.667 %, not the pooled 215/260 = 82.692 %. Here two items:
  // attitude 80 of 100 and waiting 45 of 60 → (0.8 + 0.75) / 2 = 0.775; pooled it would be 125/160 = 0.78125.
  test('a dimension is the unweighted mean of its items, its n the responses with any of them', () => {
    const section = sectionOf([
      { count: 45, chosen: { attitude: 'very', waiting: 'very' } },
      { count: 15, chosen: { attitude: 'very', waiting: 'poor' } },
      { count: 20, chosen: { attitude: 'very', waiting: 'not-applicable' } },
      { count: 20, chosen: { attitude: 'poor' } },
      { count: 7, chosen: { overall: 'good' } },
    ]);

    const service = section.dimensions.find(({ dimension }) => dimension === 'service');
    expect(service?.topBox?.value).toBeCloseTo(0.775, 12);
    expect(service).toMatchObject({ n: 100, itemCodes: ['attitude', 'waiting'] });
  });

  test('partial responses are in the response table and in no figure; modes and verification stay apart', () => {
    const section = sectionOf([
      { count: 12, chosen: { overall: 'very' }, mode: 'web' },
      { count: 8, chosen: { overall: 'very' }, mode: 'web', verification: 'one-time-link' },
      { count: 3, chosen: { overall: 'poor' }, completeness: 'partial' },
    ]);

    expect(section.responses).toEqual({
      complete: 20,
      partial: 3,
      byMode: [
        { mode: 'web', verification: 'none', n: 12 },
        { mode: 'web', verification: 'one-time-link', n: 8 },
      ],
    });
    expect(item(section, 'overall').n).toBe(20);
  });

  test('an item of a fixed unit is in the section of that unit, over all departments, and not in the department’s', () => {
    const answers: readonly Answers[] = [
      { count: 30, departmentCode: 'cardiology', chosen: { charges: 'very', overall: 'very' } },
      { count: 20, departmentCode: 'surgery', chosen: { charges: 'poor', overall: 'very' } },
    ];

    const billing = sectionOf(answers, 'billing', 'fixed-unit');

    expect(billing.items.map(({ code }) => code)).toEqual(['charges']);
    expect(item(billing, 'charges').satisfied).toEqual({ x: 30, n: 50 });
    expect(billing.dimensions).toMatchObject([{ dimension: 'ethics', n: 50 }]);
    expect(sectionOf(answers).items.map(({ code }) => code)).toEqual(['overall']);
  });

  test('a hospital figure leaves out a small department that subtraction would lay bare', () => {
    // cardiology 100 and surgery 60 publish their own figures; 163 − 160 = 3 would be ENT's three answers.
    const section = sectionOf([
      { count: 100, departmentCode: 'cardiology', chosen: { overall: 'very' } },
      { count: 60, departmentCode: 'surgery', chosen: { overall: 'very' } },
      { count: 3, departmentCode: 'ent', chosen: { overall: 'poor' } },
    ]);

    expect(item(section, 'overall').hospital.satisfied).toEqual({ x: 160, n: 160 });
  });

  test('a hospital figure keeps small departments that hide each other', () => {
    const section = sectionOf([
      { count: 100, departmentCode: 'cardiology', chosen: { overall: 'very' } },
      { count: 4, departmentCode: 'surgery', chosen: { overall: 'very' } },
      { count: 3, departmentCode: 'ent', chosen: { overall: 'poor' } },
    ]);

    expect(item(section, 'overall').hospital.satisfied).toEqual({ x: 104, n: 107 });
  });

  test('the hospital n of a dimension leaves out the same small department, so that no count tells its size', () => {
    const answers = [
      { count: 100, departmentCode: 'cardiology', chosen: { overall: 'very' } },
      { count: 60, departmentCode: 'surgery', chosen: { overall: 'good' } },
      { count: 3, departmentCode: 'ent', chosen: { overall: 'poor' } },
    ] as const;

    expect(hospitalN(sectionOf(answers))).toBe(160);
    expect(hospitalN(sectionOf(answers, 'hospital', 'hospital'))).toBe(160);
  });
});
