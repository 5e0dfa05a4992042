import { textIn } from '../shared/localized-text.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { Dimension, ItemKind, SurveyForm } from './survey-form.ts';

/** A form as a client draws it, in one language. Who answers for an item stays inside. */
export interface SurveyFormView {
  readonly id: string;
  readonly version: number;
  readonly patientGroup: string;
  readonly title: string;
  readonly introduction: string;
  readonly items: readonly {
    readonly code: string;
    readonly dimension: Dimension;
    readonly kind: ItemKind;
    readonly required: boolean;
    readonly text: string;
    /** A few words that name the item. */
    readonly label: string;
    readonly options: readonly {
      readonly code: string;
      readonly text: string;
      readonly score: number | null;
    }[];
  }[];
}

/** The form's view in a language; a text that language lacks is shown in Simplified Chinese. */
export function surveyFormView(form: SurveyForm, locale: Locale): SurveyFormView {
  return {
    id: form.id,
    version: form.version,
    patientGroup: form.patientGroup,
    title: textIn(form.title, locale),
    introduction: textIn(form.introduction, locale),
    items: form.items.map((item) => ({
      code: item.code,
      dimension: item.dimension,
      kind: item.kind,
      required: item.required,
      text: textIn(item.text, locale),
      label: textIn(item.label, locale),
      options: item.options.map(({ code, text, score }) => ({ code, text: textIn(text, locale), score })),
    })),
  };
}
