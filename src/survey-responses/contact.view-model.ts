import type { FieldError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { SurveyPageFields } from './survey-page-fields.ts';

/** The optional contact at the end of the form. It is shut until it holds something. */
export interface ContactView {
  readonly open: boolean;
  readonly hint: string;
  readonly reachAt: string;
  readonly name: string;
  readonly error: string | null;
}

/** What was typed and what is wrong with it. */
export function contactView(input: {
  readonly fields: Partial<SurveyPageFields>;
  readonly errors: readonly FieldError[];
  readonly contactDays: number;
  readonly locale: Locale;
  readonly translate: Translate;
}): ContactView {
  const { fields, errors, contactDays: days, locale, translate } = input;
  const reachAt = fields['contact.reachAt'] ?? '';
  const name = fields['contact.name'] ?? '';
  const faults = errors.filter(({ pointer }) => pointer.startsWith('/contact'));
  return {
    open: reachAt !== '' || name !== '',
    hint: translate(locale, 'survey-responses:contact.hint', { days }),
    reachAt,
    name,
    error: faults.length === 0 ? null : faults.map(({ detail }) => detail).join(' '),
  };
}
