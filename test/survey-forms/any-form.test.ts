import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { locales } from '../../src/shared/localized-text.ts';
import { createCatalogue } from '../../src/survey-forms/catalogue.ts';
import { checkAnswers } from '../../src/survey-forms/check-answers.ts';
import { classifyAnswers } from '../../src/survey-forms/classify-answers.ts';
import { surveyFormView } from '../../src/survey-forms/survey-form.view-model.ts';
import type { ItemFile, SurveyFormFile } from '../../src/survey-forms/survey-form-file.ts';
import { deepRuns } from '../support/deep.ts';
import { testTranslate } from '../support/test-app.ts';
import { formFile, formOf, inAll, itemFile, problemsOf } from './support.ts';

const scale = fc
  .record({
    levels: fc.constantFrom(2, 3, 4, 5, 11),
    reversed: fc.boolean(),
    withNotApplicable: fc.boolean(),
    satisfiedLevels: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ levels, reversed, withNotApplicable, satisfiedLevels }): Partial<ItemFile> => {
    const options = Array.from({ length: levels }, (_value, rank) => ({
      code: `${rank}`,
      text: inAll(`档${rank}`),
      satisfied: rank >= levels - satisfiedLevels,
      topBox: rank === levels - 1,
    }));
    return {
      order: reversed ? 'best-first' : 'worst-first',
      options: reversed ? options.toReversed() : options,
      notApplicable: withNotApplicable ? { code: 'na', text: inAll('不适用') } : undefined,
    };
  });

const anyForm = fc
  .record({
    patientGroup: fc.constantFrom('emergency', 'physical-exam', 'community', 'inpatient'),
    scales: fc.array(scale, { minLength: 1, maxLength: 12 }),
    comment: fc.boolean(),
  })
  .map(({ patientGroup, scales, comment }): SurveyFormFile => {
    const items = scales.map((changes, index) =>
      itemFile({
        code: `q${index}`,
        ...changes,
        ...(index === 0 && { dimension: 'overall', required: true }),
      }),
    );
    const extra = comment ? [itemFile({ code: 'words', kind: 'comment', options: [] })] : [];
    return formFile({ id: patientGroup, patientGroup, items: [...items, ...extra] });
  });

describe('any 2-, 3-, 4-, 5-level or 0-10 form of its own patient group', () => {
  test('passes the linter, comes into force, is shown and answered without a change of the program', () => {
    fc.assert(
      fc.property(anyForm, (file) => {
        const form = formOf(file);
        const inForce = createCatalogue([form], locales).inForce(file.patientGroup, '2026-10-31');
        const view = surveyFormView(form, 'en');
        const answers = Object.fromEntries(
          view.items
            .filter(({ kind }) => kind === 'choice')
            .map(({ code, options }) => [code, options[0]?.code ?? '']),
        );

        expect(problemsOf(file)).toEqual([]);
        expect(inForce).toBe(form);
        expect(checkAnswers(form, { answers }, testTranslate, 'zh-Hans')).toEqual([]);
        expect(classifyAnswers(form, answers)).toMatchObject({ completeness: 'complete' });
        expect(classifyAnswers(form, answers).answers).toHaveLength(Object.keys(answers).length);
      }),
      { numRuns: deepRuns(100, 3000) },
    );
  });

  test('scores its worst option 0 and its best 100 in either order', () => {
    fc.assert(
      fc.property(anyForm, (file) => {
        for (const { options, kind } of formOf(file).items) {
          if (kind !== 'choice') continue;
          const scores = options.flatMap(({ score }) => (score === null ? [] : [score]));
          expect([Math.min(...scores), Math.max(...scores)]).toEqual([0, 100]);
          expect(options.find(({ code }) => code === '0')?.score).toBe(0);
        }
      }),
      { numRuns: deepRuns(100, 3000) },
    );
  });
});
