import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { FieldError } from '../shared/domain-error.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { SurveyForm } from '../survey-forms/survey-form.ts';
import { openSource } from '../survey-responses/survey-response.ts';
import type { SubmitSurveyResponse } from '../survey-responses/survey-response.ts';
import { paperSubmission, readPaperSheet } from './paper-sheet.ts';
import type { PaperSheetFields } from './paper-sheet.ts';

/** What entering needs. */
export interface EnterPaperSheetDeps {
  readonly submitSurveyResponse: SubmitSurveyResponse;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly isUnavailable: (error: unknown) => boolean;
  /** Words of a number that is none of the options, and of a day that is missing. */
  readonly say: (key: 'noOption' | 'dayMissing' | 'savedAlready' | 'notStored', locale: Locale) => string;
}

/** A sheet, its form and who keys it in. */
export interface KeyedSheet {
  readonly fields: PaperSheetFields;
  readonly form: SurveyForm;
  readonly departmentCode: string;
  readonly actor: string;
  readonly requestId: string;
  readonly locale: Locale;
}

/** What became of a sheet; with faults nothing is stored and everything typed is shown again. */
export type SheetOutcome =
  | { readonly stored: true }
  | { readonly stored: false; readonly status: number; readonly errors: readonly Fault[] };

type Fault = Pick<FieldError, 'pointer' | 'detail'>;

/** Stores a sheet of paper once, through the same rules as every other answer, and tells the audit trail who keyed it in. */
export type EnterPaperSheet = (sheet: KeyedSheet) => Promise<SheetOutcome>;

function faultsBefore(
  deps: EnterPaperSheetDeps,
  { fields, locale }: KeyedSheet,
  items: readonly string[],
): readonly Fault[] {
  const day = fields.answeredOn?.trim()
    ? []
    : [{ pointer: '/answeredOn', detail: deps.say('dayMissing', locale) }];
  return [
    ...day,
    ...items.map((code) => ({ pointer: `/answers/${code}`, detail: deps.say('noOption', locale) })),
  ];
}

function outcomeOf(deps: EnterPaperSheetDeps, error: unknown, locale: Locale): SheetOutcome {
  if (error instanceof DomainError && error.code === 'submission_invalid')
    return { stored: false, status: 422, errors: error.errors };
  if (error instanceof DomainError && error.code === 'submission_id_reused')
    return {
      stored: false,
      status: 409,
      errors: [{ pointer: '', detail: deps.say('savedAlready', locale) }],
    };
  if (deps.isUnavailable(error))
    return { stored: false, status: 503, errors: [{ pointer: '', detail: deps.say('notStored', locale) }] };
  throw error;
}

/** Builds the use case. */
export function createEnterPaperSheet(deps: EnterPaperSheetDeps): EnterPaperSheet {
  return async (sheet) => {
    const { fields, form, departmentCode, actor, requestId, locale } = sheet;
    const { answers, faults } = readPaperSheet(form, fields);
    const errors = faultsBefore(deps, sheet, faults);
    if (errors.length > 0) return { stored: false, status: 422, errors };
    try {
      const submission = paperSubmission(fields, departmentCode, answers);
      await deps.submitSurveyResponse(submission, openSource, locale);
    } catch (error) {
      return outcomeOf(deps, error, locale);
    }
    await deps.recordAuditEvent({
      actor,
      requestId,
      action: 'survey-response.enter',
      subject: `survey-response/${fields.submissionId}`,
      outcome: 'succeeded',
    });
    return { stored: true };
  };
}
