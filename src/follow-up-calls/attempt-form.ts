import type { HospitalTime } from '../shared/hospital-time.ts';
import { isCalendarDate } from '../shared/reporting-period.ts';
import { answerers } from '../survey-responses/survey-response.ts';
import type { AttemptFault, AttemptInput, Interview } from './attempt-input.ts';
import { dispositionCodes } from './disposition.ts';
import type { DispositionCode } from './disposition.ts';
import { spokenAnswers } from './spoken-answers.ts';

/** The fields of the call page as they are posted; answers are `answer.<item>` and `step.<item>`. */
export type AttemptFields = Readonly<Record<string, string | number | undefined>>;

/** An attempt as the page's fields give it, or what they lack before it can be one. */
export type AttemptReading =
  | { readonly attempt: AttemptInput; readonly faults: readonly [] }
  | { readonly attempt: null; readonly faults: readonly AttemptFault[] };

/** Longest call we believe, seconds. */
const longestCall = 14_400;

const textOf = (fields: AttemptFields, name: string): string => String(fields[name] ?? '').trim();

function interviewOf(
  fields: AttemptFields,
  answers: Interview['answers'],
  disposition: DispositionCode,
): Interview | undefined {
  const comment = textOf(fields, 'comment');
  const answeredBy = answerers.find((code) => code === textOf(fields, 'answeredBy'));
  const praise = { staffNumber: textOf(fields, 'praise.staffNumber'), text: textOf(fields, 'praise.text') };
  const praised = praise.staffNumber !== '' || praise.text !== '';
  const empty = Object.keys(answers).length === 0 && comment === '' && !praised;
  if (empty && disposition !== 'complete') return undefined;
  return {
    submissionId: textOf(fields, 'submissionId'),
    formId: textOf(fields, 'formId'),
    formVersion: Number(fields['formVersion'] ?? 0),
    answers,
    comment: comment === '' ? undefined : comment,
    praise: praised ? praise : undefined,
    answeredBy,
    noticeVersion: textOf(fields, 'noticeVersion'),
  };
}

/** A time typed as the hospital's clock shows it, `2026-11-25T10:30`; null when it is none. */
function localMoment(text: string, time: HospitalTime): Date | null {
  const [date = '', clock = ''] = text.replace(' ', 'T').split('T');
  if (!isCalendarDate(date) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(clock.slice(0, 5))) return null;
  return time.momentOf(date, clock.slice(0, 5));
}

/**
 * Reads the page's fields. How long the call took is measured from when the page was opened; an agreed time is the
 * hospital's. It judges only what must be known to read on; `attemptFaults` judges the rest.
 */
export function readAttemptForm(fields: AttemptFields, now: Date, time: HospitalTime): AttemptReading {
  const disposition = dispositionCodes.find((code) => code === textOf(fields, 'disposition'));
  const callBackText = textOf(fields, 'callBackAt');
  const callBackAt = callBackText === '' ? undefined : localMoment(callBackText, time);
  const faults: AttemptFault[] = [];
  if (!disposition) faults.push({ pointer: '/disposition', code: 'disposition_required' });
  if (callBackAt === null) faults.push({ pointer: '/callBackAt', code: 'call_back_time_unreadable' });
  const { answers, unfinished } = spokenAnswers(fields);
  for (const item of unfinished)
    faults.push({ pointer: `/interview/answers/${item}`, code: 'second_answer_missing' });
  if (!disposition || callBackAt === null || unfinished.length > 0) return { attempt: null, faults };
  const startedAt = new Date(textOf(fields, 'startedAt'));
  const seconds = Math.round((now.getTime() - startedAt.getTime()) / 1000);
  const note = textOf(fields, 'note');
  return {
    attempt: {
      attemptId: textOf(fields, 'attemptId'),
      disposition,
      startedAt,
      durationSeconds: Math.min(Math.max(seconds, 0), longestCall),
      interview: interviewOf(fields, answers, disposition),
      note: note === '' ? undefined : note,
      callBackAt,
      redFlag: textOf(fields, 'redFlag') === 'yes',
      noFurtherCalls: textOf(fields, 'noFurtherCalls') === 'yes',
      noticeVersion: textOf(fields, 'noticeVersion'),
    },
    faults: [],
  };
}
