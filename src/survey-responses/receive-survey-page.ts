import type { Admission } from '../http/form-limit.ts';
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

/** What was posted, for which department, and the language of the page. */
export interface PostedPage {
  readonly fields: SurveyPageFields;
  readonly departmentCode: string;
  readonly locale: Locale;
}

/** What became of a posted page. Everything but `stored` needs the person once more. */
export type PageOutcome =
  | { readonly kind: 'stored' }
  | { readonly kind: 'already-received' }
  | { readonly kind: 'invalid'; readonly errors: readonly FieldError[] }
  | { readonly kind: 'not-stored' }
  | { readonly kind: 'too-many'; readonly retryAfterSeconds: number };

function outcomeOf(error: unknown, deps: ReceiveSurveyPageDeps): PageOutcome {
  if (error instanceof DomainError) {
    if (error.code === 'submission_invalid') return { kind: 'invalid', errors: error.errors };
    if (error.code === 'submission_id_reused') return { kind: 'already-received' };
    if (error.kind === 'too-many')
      return { kind: 'too-many', retryAfterSeconds: error.retryAfterSeconds ?? 1 };
  }
  if (deps.isUnavailable(error)) return { kind: 'not-stored' };
  throw error;
}

/**
 * Submits a posted page that `admit` lets in; tells what the person must be told, and throws only what nobody expected. What
 * stored nothing new is given back; while the database is away, to the address too.
 */
export async function receiveSurveyPage(
  deps: ReceiveSurveyPageDeps,
  posted: PostedPage,
  admit: () => Promise<Admission>,
): Promise<PageOutcome> {
  const { fields, departmentCode, locale } = posted;
  let admission: Admission | null = null;
  try {
    admission = await admit();
    const submission = submissionOf(fields, departmentCode);
    const { replayed } = await deps.submitSurveyResponse(submission, openSource, locale);
    if (replayed) await admission.giveBack();
    return { kind: 'stored' };
  } catch (error) {
    await (deps.isUnavailable(error) ? admission?.giveBackAll() : admission?.giveBack());
    return outcomeOf(error, deps);
  }
}
