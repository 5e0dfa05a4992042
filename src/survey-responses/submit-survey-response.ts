import type { Department } from '../departments/department.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { Colleague } from '../staff/staff-member.ts';
import { cleanText } from '../survey-forms/answer-text.ts';
import { classifyAnswers } from '../survey-forms/classify-answers.ts';
import type { SurveyForm, SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import { attributeDay, attributePeriod } from './attribute-period.ts';
import { checkSubmission } from './check-submission.ts';
import { cleanContact } from '../contacts/contact.ts';
import type { KeepContact } from '../contacts/keep-contact.ts';
import { knownVersion } from '../privacy-notices/privacy-notice.ts';
import type { PrivacyNotices } from '../privacy-notices/privacy-notice.ts';
import { cleanPraise } from './praise.ts';
import type { SurveyResponseStore } from './survey-response.store.ts';
import type {
  Submission,
  SubmissionReceipt,
  SubmissionSource,
  SubmitSurveyResponse,
  SurveyResponse,
} from './survey-response.ts';

/** What submitting needs. */
export interface SubmitSurveyResponseDeps {
  readonly responses: Pick<SurveyResponseStore, 'insertOnce'>;
  readonly catalogue: Pick<SurveyFormCatalogue, 'find'>;
  /** Who answers for a code on a day, after mergers too. From memory: this path does one database operation. */
  readonly findDepartment: (
    code: string,
    on: CalendarDate,
  ) => Promise<Pick<Department, 'code' | 'active'> | null>;
  /** From memory too, and asked only when somebody is praised. */
  readonly listColleagues: (departmentCode: string) => Promise<readonly Pick<Colleague, 'staffNumber'>[]>;
  /** A second write, only of an answer that leaves a contact. */
  readonly keepContact: KeepContact;
  /** From memory. */
  readonly notices: Pick<PrivacyNotices, 'find'>;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly translate: Translate;
  /** From memory: whether what arrives now is trial data. */
  readonly isTrial: () => boolean;
  readonly listHash: (list: readonly unknown[]) => string;
}

/**
 * Stores a submission once and acknowledges it after the journal has it. The same id with the same content gives the
 * first receipt again; with another content it is `submission_id_reused`. A second answer by one call or link is
 * `already_answered`. Faults are all reported together as `submission_invalid`.
 */
export function createSubmitSurveyResponse(deps: SubmitSurveyResponseDeps): SubmitSurveyResponse {
  return async (submission, source, locale = 'zh-Hans') => {
    const now = deps.clock.now();
    const today = deps.hospitalTime.dateOf(now);
    const form = deps.catalogue.find(submission.formId, submission.formVersion);
    const days = {
      receivedOn: today,
      answeredOn: submission.answeredOn ?? null,
      dischargedOn: source.dischargedOn,
    };
    const department = await deps.findDepartment(
      submission.departmentCode,
      attributeDay(submission.mode, days),
    );
    // Whoever was discharged from a department that has closed since may still answer for it.
    const departmentKnown = department !== null && (department.active || source.dischargedOn !== null);
    const { translate } = deps;
    const isColleague = await colleaguesOf(deps, submission, departmentKnown ? department.code : null);
    const errors = checkSubmission(submission, {
      form,
      departmentKnown,
      isColleague,
      mayDecline: source.verification === 'call',
      today,
      translate,
      locale,
    });
    if (!form || !department || errors.length > 0) throw submissionInvalid(errors);
    await keepContactOf(deps, submission, now);
    const { stored, replayed } = await deps.responses.insertOnce({
      ...surveyResponseOf(
        { submission, source, form },
        { receivedAt: now, receivedOn: today, trial: source.trial ?? deps.isTrial() },
        deps.listHash,
      ),
      ...noticeOf(deps, submission),
      departmentCode: department.code,
    });
    return { receipt: receiptOf(stored), replayed };
  };
}

function noticeOf(
  { notices }: SubmitSurveyResponseDeps,
  { noticeVersion }: Submission,
): Pick<SurveyResponse, 'noticeVersion'> {
  const version = knownVersion(notices, noticeVersion);
  return version === undefined ? {} : { noticeVersion: version };
}

/** The contact comes first, under an id of its own: a crash in between leaves one without an answer, which the night erases. */
async function keepContactOf(
  { keepContact }: SubmitSurveyResponseDeps,
  { submissionId, contact: given }: Submission,
  now: Date,
): Promise<void> {
  const contact = cleanContact(given);
  if (contact) await keepContact({ submissionId: submissionId.toLowerCase(), ...contact }, now);
}

async function colleaguesOf(
  { listColleagues }: SubmitSurveyResponseDeps,
  { praise }: Submission,
  departmentCode: string | null,
): Promise<(staffNumber: string) => boolean> {
  const asked = departmentCode !== null && cleanPraise(praise)?.staffNumber;
  const colleagues = asked ? await listColleagues(departmentCode) : [];
  return (staffNumber) => colleagues.some((colleague) => colleague.staffNumber === staffNumber);
}

/** A submission that was found legal, with what the server knows of it and the form it answers. */
export interface LegalSubmission {
  readonly submission: Submission;
  readonly source: SubmissionSource;
  readonly form: SurveyForm;
}

/** The response that is stored of a legal submission: sorted answers, the month it counts in, the fingerprint of its content. */
export function surveyResponseOf(
  { submission, source, form }: LegalSubmission,
  arrived: { readonly receivedAt: Date; readonly receivedOn: CalendarDate; readonly trial: boolean },
  listHash: SubmitSurveyResponseDeps['listHash'],
): SurveyResponse {
  const period = attributePeriod(submission.mode, {
    receivedOn: arrived.receivedOn,
    answeredOn: submission.answeredOn ?? null,
    dischargedOn: source.dischargedOn,
  });
  const given = responseOf(submission, source, form);
  // The fingerprint is of what was sent: a replay on the day after a merger is still the same answer.
  const { receivedAt, trial } = arrived;
  return { ...given, receivedAt, period, trial, fingerprint: listHash(contentOf(given)) };
}

function submissionInvalid(errors: DomainError['errors']): DomainError {
  return new DomainError('invalid', 'submission_invalid', 'Some answers cannot be taken as they are.', {
    errors,
  });
}

type GivenResponse = Omit<SurveyResponse, 'receivedAt' | 'period' | 'trial' | 'fingerprint'>;

/** What makes two submissions the same: form, department, answers, comment and date; not who held the pen, nor when it came, nor under which notice. */
const contentFields = [
  'formId',
  'formVersion',
  'departmentCode',
  'answers',
  'confidentialAnswers',
  'texts',
  'comment',
  'praise',
  'answeredOn',
] as const;

/** Consent to publication counts too: a no must never be acknowledged as a replay of a yes. */
const contentOf = (given: GivenResponse): readonly unknown[] => [
  ...contentFields.map((field) => given[field]),
  ...(given.mayPublish ? ['mayPublish'] : []),
];

function responseOf(submission: Submission, source: SubmissionSource, form: SurveyForm): GivenResponse {
  return {
    submissionId: submission.submissionId.toLowerCase(),
    formId: form.id,
    formVersion: form.version,
    patientGroup: form.patientGroup,
    departmentCode: submission.departmentCode,
    mode: submission.mode,
    answeredBy: submission.answeredBy ?? 'patient',
    verification: source.verification,
    ...classifyAnswers(form, submission.answers),
    comment: cleanText(submission.comment),
    praise: cleanPraise(submission.praise),
    answeredOn: submission.answeredOn ?? null,
    sourceKey: source.sourceKey,
    ...(submission.mayPublish ? { mayPublish: true as const } : {}),
  };
}

function receiptOf(response: SurveyResponse): SubmissionReceipt {
  const { submissionId, formId, formVersion, period, receivedAt, completeness } = response;
  return { submissionId, formId, formVersion, period, receivedAt: receivedAt.toISOString(), completeness };
}
