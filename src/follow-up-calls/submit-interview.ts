import type { SourceKeys } from '../privacy/source-key.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import type { SubmitSurveyResponse } from '../survey-responses/survey-response.ts';
import type { Interview } from './attempt-input.ts';
import type { FollowUpCall } from './follow-up-call.ts';

/** What submitting an interview needs. */
export interface SubmitInterviewDeps {
  readonly submitSurveyResponse: SubmitSurveyResponse;
  readonly catalogue: Pick<SurveyFormCatalogue, 'find'>;
  readonly sourceKeys: SourceKeys;
  /** 调查对象 whose forms are asked by phone. */
  readonly patientGroup: string;
}

/** Stores the interview of a call as a survey response. */
export type SubmitInterview = (call: FollowUpCall, interview: Interview, locale: Locale) => Promise<void>;

/**
 * Stores an interview as a response by phone, counted in the month the discharge was first registered for. The response
 * knows its call only by a keyed fingerprint, the call knows nothing of the response. Throws `interview_form_unknown`, and
 * what storing throws, its pointers under `/interview`.
 */
export function createSubmitInterview(deps: SubmitInterviewDeps): SubmitInterview {
  return async (call, { answeredBy = 'patient', ...interview }, locale) => {
    const form = deps.catalogue.find(interview.formId, interview.formVersion);
    if (form?.patientGroup !== deps.patientGroup) {
      throw new DomainError('invalid', 'interview_form_unknown', 'This form is not one asked by phone.');
    }
    try {
      await deps.submitSurveyResponse(
        { ...interview, departmentCode: call.departmentCode, mode: 'phone', answeredBy },
        {
          verification: 'call',
          sourceKey: await sourceKeyOf(deps.sourceKeys, call),
          dischargedOn: call.countedOn,
          trial: call.trial,
        },
        locale,
      );
    } catch (error) {
      throw underInterview(error);
    }
  };
}

/** The keyed fingerprint by which a response knows the call it came by: it lives as long as the secret of the call's month. */
export async function sourceKeyOf(
  sourceKeys: SourceKeys,
  { id, period }: Pick<FollowUpCall, 'id' | 'period'>,
): Promise<string> {
  const sourceKey = await sourceKeys(period);
  return sourceKey('call-source', id);
}

function underInterview(error: unknown): unknown {
  if (!(error instanceof DomainError) || error.errors.length === 0) return error;
  const errors = error.errors.map((fault) => ({ ...fault, pointer: `/interview${fault.pointer}` }));
  return new DomainError(error.kind, error.code, error.message, { errors });
}
