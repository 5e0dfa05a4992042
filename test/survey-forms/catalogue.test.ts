import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays } from '../../src/shared/reporting-period.ts';
import { createCatalogue } from '../../src/survey-forms/catalogue.ts';
import { deepRuns } from '../support/deep.ts';
import { formFile, formOf } from './support.ts';

const version = (number: number, effectiveFrom: string) =>
  formOf(formFile({ version: number, effectiveFrom }));

describe('the catalogue', () => {
  const catalogue = createCatalogue([version(2, '2026-07-01'), version(1, '2026-01-01')], ['zh-Hans']);

  test.each([
    ['2025-12-31', undefined],
    ['2026-01-01', 1],
    ['2026-06-30', 1],
    ['2026-07-01', 2],
    ['2030-01-01', 2],
  ])('on %s has version %s in force', (date, expected) => {
    expect(catalogue.inForce('sample', date)?.version).toBe(expected);
  });

  test('still finds a version that is no longer in force, and none that was never published', () => {
    expect(catalogue.find('sample', 1)?.effectiveFrom).toBe('2026-01-01');
    expect(catalogue.find('sample', 3)).toBeUndefined();
    expect(catalogue.find('constructor', 1)).toBeUndefined();
    expect(catalogue.inForce('__proto__', '2026-01-01')).toBeUndefined();
  });

  test('has the same form in force whatever the order of loading, and it is the last whose day has come', () => {
    const base = formOf(formFile());
    const forms = fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('a', 'b'),
        version: fc.integer({ min: 1, max: 4 }),
        day: fc.integer({ min: 0, max: 9 }),
      }),
      { selector: ({ id, version: number }) => `${id}@${number}` },
    );
    fc.assert(
      fc.property(forms, fc.integer({ min: -1, max: 11 }), (list, day) => {
        const built = list.map(({ id, version: number, day: from }) => ({
          ...base,
          id,
          version: number,
          effectiveFrom: addDays('2026-01-01', from),
        }));
        const date = addDays('2026-01-01', day);
        const found = createCatalogue(built, ['zh-Hans']).inForce('sample', date);
        const come = list.filter((one) => one.day <= day);

        expect(createCatalogue(built.toReversed(), ['zh-Hans']).inForce('sample', date)).toEqual(found);
        expect(found === undefined).toBe(come.length === 0);
        const last = come.length === 0 ? undefined : Math.max(...come.map((one) => one.day));
        expect(found?.effectiveFrom).toBe(last === undefined ? undefined : addDays('2026-01-01', last));
      }),
      { numRuns: deepRuns(200, 5000) },
    );
  });
});
