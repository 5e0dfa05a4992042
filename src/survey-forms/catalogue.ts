import type { Locale } from '../shared/localized-text.ts';
import type { SurveyForm, SurveyFormCatalogue } from './survey-form.ts';

/** Newest first: by the day of taking force, then by version, then by id, so that every start gives the same order. */
function newestFirst(a: SurveyForm, b: SurveyForm): number {
  if (a.effectiveFrom !== b.effectiveFrom) return a.effectiveFrom < b.effectiveFrom ? 1 : -1;
  if (a.version !== b.version) return b.version - a.version;
  return a.id < b.id ? -1 : 1;
}

/** The catalogue of these forms. In force is the form of the group that took force last, on or before the day. */
export function createCatalogue(
  forms: readonly SurveyForm[],
  languages: readonly Locale[],
): SurveyFormCatalogue {
  const sorted = forms.toSorted(newestFirst);
  const byName = new Map(sorted.map((form) => [`${form.id}@${form.version}`, form]));
  return {
    find: (formId, version) => byName.get(`${formId}@${version}`),
    inForce: (patientGroup, date) =>
      sorted.find((form) => form.patientGroup === patientGroup && form.effectiveFrom <= date),
    all: () => sorted,
    languages,
  };
}
