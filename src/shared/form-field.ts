import { DomainError } from './domain-error.ts';
import type { Translate } from './i18n.ts';
import type { Locale } from './localized-text.ts';

/** A fault of a form, in words; `field` is where it lies (`recipients/0/email`), `''` for the form as a whole. */
export interface FieldFault {
  readonly field: string;
  readonly text: string;
}

/** One thing to choose from a list. */
export interface FormChoice {
  readonly value: string;
  readonly label: string;
  readonly selected: boolean;
}

/** Choices under a heading; `''` for those without one. */
export interface FormChoices {
  readonly heading: string;
  readonly choices: readonly FormChoice[];
}

/** One field as the template `staff-field` shows it; with `groups` it is a list to choose from. */
export interface FormField {
  readonly id: string;
  readonly label: string;
  readonly hint: string | null;
  readonly type: 'text' | 'date' | 'email';
  readonly value: string;
  readonly maxLength: number;
  readonly required: boolean;
  readonly fault: string | null;
  readonly groups: readonly FormChoices[] | null;
}

/** What is wrong with a form that was sent. An error that no form can mend is thrown on. */
export function fieldFaults(error: unknown, translate: Translate, locale: Locale): readonly FieldFault[] {
  if (!(error instanceof DomainError) || !['malformed', 'invalid', 'conflict'].includes(error.kind))
    throw error;
  if (error.errors.length === 0)
    return [{ field: '', text: translate(locale, `problems:code.${error.code}`) }];
  return error.errors.map(({ pointer, detail }) => ({ field: pointer.slice(1), text: detail }));
}

/** The faults as sentences above a form: each begins with the label of its field. */
export function faultSentences(
  faults: readonly FieldFault[],
  labelOf: (field: string) => string | null,
  { t, locale }: { readonly t: Translate; readonly locale: Locale },
): readonly { readonly text: string }[] {
  return faults.map(({ field, text }) => {
    const label = labelOf(field);
    return { text: label === null ? text : t(locale, 'staff:fieldFault', { label, text }) };
  });
}
