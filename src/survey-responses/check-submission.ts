import type { FieldError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { addDays, isCalendarDate } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { maxTextLength } from '../survey-forms/answer-text.ts';
import { checkAnswers } from '../survey-forms/check-answers.ts';
import type { SurveyForm } from '../survey-forms/survey-form.ts';
import { contactFaults } from '../contacts/contact.ts';
import { praiseFaults } from './praise.ts';
import type { Submission } from './survey-response.ts';

/** Paper older than this many days is refused: it is more likely a slip of the pen than an answer. */
const oldestPaperDays = 400;

type FaultCode =
  | 'unknown_form'
  | 'unknown_department'
  | 'answered_on_missing'
  | 'answered_on_invalid'
  | 'answered_on_future'
  | 'answered_on_too_old';

/** What the server knows of what a submission refers to. */
export interface SubmissionContext {
  readonly form: SurveyForm | undefined;
  readonly departmentKnown: boolean;
  /** Whether a staff number is of the department's colleagues. */
  readonly isColleague: (staffNumber: string) => boolean;
  /** Whether a question that must be answered may be declined all the same: by phone. */
  readonly mayDecline: boolean;
  readonly today: CalendarDate;
  readonly translate: Translate;
  readonly locale: Locale;
}

function answeredOnFault(submission: Submission, today: CalendarDate): FaultCode | null {
  const { answeredOn, mode } = submission;
  if (answeredOn === undefined) return mode === 'paper' ? 'answered_on_missing' : null;
  if (!isCalendarDate(answeredOn)) return 'answered_on_invalid';
  if (answeredOn > today) return 'answered_on_future';
  return answeredOn < addDays(today, -oldestPaperDays) ? 'answered_on_too_old' : null;
}

/** Every fault of a submission at once, each with its pointer and its words in the person's language. */
export function checkSubmission(submission: Submission, context: SubmissionContext): readonly FieldError[] {
  const { form, departmentKnown, isColleague, mayDecline, today, translate, locale } = context;
  const fault = (pointer: string, code: string): FieldError => ({
    pointer,
    code,
    detail: translate(locale, `survey-responses:error.${code}`, {
      days: oldestPaperDays,
      max: maxTextLength,
    }),
  });
  const dateFault = answeredOnFault(submission, today);
  return [
    ...(departmentKnown ? [] : [fault('/departmentCode', 'unknown_department')]),
    ...(dateFault ? [fault('/answeredOn', dateFault)] : []),
    ...(form
      ? checkAnswers(form, { ...submission, mayDecline }, translate, locale)
      : [fault('/formId', 'unknown_form')]),
    ...contactFaults(submission.contact).map(({ pointer, code }) => fault(pointer, code)),
    ...(form ? praiseFaults(form, submission.praise, isColleague) : []).map(({ pointer, code }) =>
      fault(pointer, code),
    ),
  ];
}
