import type { AnsweredBy, Submission } from './survey-response.ts';

/** Fields of the form page as a browser posts them. Answers are `answer.<item code>`; what was left blank is ''. */
export interface SurveyPageFields {
  readonly submissionId: string;
  readonly formId: string;
  readonly formVersion: number;
  /** What the form's page was given when it was opened. */
  readonly ticket?: string;
  readonly answeredBy?: AnsweredBy | '';
  readonly comment?: string;
  readonly 'praise.staffNumber'?: string;
  readonly 'praise.text'?: string;
  readonly 'contact.reachAt'?: string;
  readonly 'contact.name'?: string;
  readonly noticeVersion?: string;
  readonly mayPublish?: 'yes' | '';
  readonly [answer: `answer.${string}`]: string | undefined;
}

const prefix = 'answer.';

/** The submission a posted page means: by `web`, and what was left blank is no answer. */
export function submissionOf(fields: SurveyPageFields, departmentCode: string): Submission {
  const { submissionId, formId, formVersion, answeredBy, comment } = fields;
  const answers = Object.entries(fields)
    .filter(([name, value]) => name.startsWith(prefix) && String(value).trim() !== '')
    .map(([name, value]): [string, string] => [name.slice(prefix.length), String(value)]);
  const praised = [fields['praise.staffNumber'], fields['praise.text']].some((value) => value?.trim());
  return {
    submissionId,
    formId,
    formVersion,
    departmentCode,
    mode: 'web',
    answers: Object.fromEntries(answers),
    ...(answeredBy ? { answeredBy } : {}),
    ...(comment === undefined || comment.trim() === '' ? {} : { comment }),
    contact: { reachAt: fields['contact.reachAt'], name: fields['contact.name'] },
    noticeVersion: fields.noticeVersion,
    mayPublish: fields.mayPublish === 'yes',
    ...(praised
      ? { praise: { staffNumber: fields['praise.staffNumber'], text: fields['praise.text'] } }
      : {}),
  };
}
