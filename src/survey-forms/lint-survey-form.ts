import type { Locale } from '../shared/localized-text.ts';
import { problemsOf } from './form-problem.ts';
import type { FormProblem } from './form-problem.ts';
import { formFaults } from './form-rules.ts';
import { itemFaults } from './item-rules.ts';
import type { SurveyForm } from './survey-form.ts';

/**
 * Everything that would make a form unfair, unreadable or uncountable, all at once; an empty list for a good form.
 * `languages` is the hospital's list; Simplified Chinese is always asked for.
 */
export function lintSurveyForm(form: SurveyForm, languages: readonly Locale[]): readonly FormProblem[] {
  const faults = [
    ...formFaults(form, languages),
    ...form.items.flatMap((item, index) => itemFaults(item, `/items/${index}`)),
  ];
  return problemsOf(`${form.id}@${form.version}`, faults);
}
