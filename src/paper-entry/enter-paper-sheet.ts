import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { FieldError } from '../shared/domain-error.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { Colleague } from '../staff/staff-member.ts';
import type { SurveyForm } from '../survey-forms/survey-form.ts';
import { openSource } from '../survey-responses/survey-response.ts';
import type { SubmitSurveyResponse } from '../survey-responses/survey-response.ts';
import { asksForPraise, paperSubmission, readPaperSheet } from './paper-sheet.ts';
import type { PaperSheetFields } from './paper-sheet.ts';
import { praisedColleague } from './praised-colleague.ts';
import type { PraisedColleague } from './praised-colleague.ts';

type SheetWords =
  'noOption' | 'dayMissing' | 'colleagueUnknown' | 'colleagueShared' | 'savedAlready' | 'notStored';

/** What entering needs. */
export interface EnterPaperSheetDeps {
  readonly submitSurveyResponse: SubmitSurveyResponse;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly isUnavailable: (error: unknown) => boolean;
  /** Whom a patient of a department may praise. */
  readonly listColleagues: (departmentCode: string) => Promise<readonly Colleague[]>;
  /** Words of what the page itself finds wrong: a number that is none of the options, a day that is missing, and so on. */
  readonly say: (key: SheetWords, locale: Locale) => string;
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
  { fault }: PraisedColleague,
): readonly Fault[] {
  const day = fields.answeredOn?.trim()
    ? []
    : [{ pointer: '/answeredOn', detail: deps.say('dayMissing', locale) }];
  return [
    ...day,
    ...items.map((code) => ({ pointer: `/answers/${code}`, detail: deps.say('noOption', locale) })),
    ...(fault ? [{ pointer: '/praise/staffNumber', detail: deps.say(fault, locale) }] : []),
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

/** Whom the sheet praises. A form that does not ask is left to the rules of every answer. */
async function praisedOf(
  { listColleagues }: EnterPaperSheetDeps,
  { fields: { praised }, form, departmentCode }: KeyedSheet,
): Promise<PraisedColleague> {
  if (!praised?.trim() || !asksForPraise(form)) return { staffNumber: praised?.trim() };
  return praisedColleague(praised, await listColleagues(departmentCode));
}

/** Stores the sheet, or nothing when it has faults of its own. */
async function storeSheet(deps: EnterPaperSheetDeps, sheet: KeyedSheet): Promise<readonly Fault[]> {
  const { fields, form, departmentCode, locale } = sheet;
  const { answers, faults } = readPaperSheet(form, fields);
  const praised = await praisedOf(deps, sheet);
  const errors = faultsBefore(deps, sheet, faults, praised);
  if (errors.length > 0) return errors;
  const submission = paperSubmission(fields, departmentCode, answers, praised.staffNumber);
  await deps.submitSurveyResponse(submission, openSource, locale);
  return [];
}

/** Builds the use case. */
export function createEnterPaperSheet(deps: EnterPaperSheetDeps): EnterPaperSheet {
  return async (sheet) => {
    const { fields, actor, requestId, locale } = sheet;
    try {
      const errors = await storeSheet(deps, sheet);
      if (errors.length > 0) return { stored: false, status: 422, errors };
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
