import { DomainError } from '../shared/domain-error.ts';
import type { FieldError } from '../shared/domain-error.ts';
import type { Locale } from '../shared/localized-text.ts';
import { submissionOf } from './survey-page-fields.ts';
import type { SurveyPageFields } from './survey-page-fields.ts';
import { openSource } from './survey-response.ts';
import type { SubmitSurveyResponse } from './survey-response.ts';

/** What receiving needs. */
export interface ReceiveSurveyPageDeps {
  readonly submitSurveyResponse: SubmitSurveyResponse;
  /** Whether an error means that the database cannot be reached. */
  readonly isUnavailable: (error: unknown) => boolean;
}

/** What became of a posted page. Everything but `stored` needs the person once more. */
export type PageOutcome =
  | { readonly kind: 'stored' }
  | { readonly kind: 'already-received' }
  | { readonly kind: 'invalid'; readonly errors: readonly FieldError[] }
  | { readonly kind: 'not-stored' };

/** Submits a posted page; tells what the person must be told, and throws only what nobody expected. */
export async function receiveSurveyPage(
  deps: ReceiveSurveyPageDeps,
  fields: SurveyPageFields,
  departmentCode: string,
  locale: Locale,
): Promise<PageOutcome> {
  try {
    await deps.submitSurveyResponse(submissionOf(fields, departmentCode), openSource, locale);
    return { kind: 'stored' };
  } catch (error) {
    if (error instanceof DomainError && error.code === 'submission_invalid') {
      return { kind: 'invalid', errors: error.errors };
    }
    if (error instanceof DomainError && error.code === 'submission_id_reused') {
      return { kind: 'already-received' };
    }
    if (deps.isUnavailable(error)) return { kind: 'not-stored' };
    throw error;
  }
}
