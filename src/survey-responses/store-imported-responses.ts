import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { isCalendarDate, periodOf } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import { cleanText } from '../survey-forms/answer-text.ts';
import { classifyAnswers } from '../survey-forms/classify-answers.ts';
import type { SurveyForm } from '../survey-forms/survey-form.ts';
import { saysTheSame } from './stored-content.ts';
import type { SurveyResponseStore } from './survey-response.store.ts';
import type { SurveyMode, SurveyResponse } from './survey-response.ts';

/** What storing needs. */
export interface StoreImportedResponsesDeps {
  readonly responses: Pick<SurveyResponseStore, 'insertMissing' | 'contentsOf'>;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly listHash: (list: readonly unknown[]) => string;
}

/** An answer of an older system in our terms: its items and options are known to the form. */
export interface ImportedAnswer {
  /** Made of the system and the answer, so that the same answer always has the same. */
  readonly submissionId: string;
  readonly departmentCode: string;
  readonly answeredOn: string;
  readonly answers: Readonly<Record<string, string>>;
  readonly comment: string;
}

/** What all answers of a file share. */
export interface ImportFrame {
  readonly form: SurveyForm;
  readonly mode: SurveyMode;
  /** Name of the older system: marks the answers. */
  readonly system: string;
  readonly dryRun: boolean;
  /** Whether a month may take answers of an older system: none that this service counts by itself. */
  readonly takesMonthOf: (day: CalendarDate) => Promise<boolean>;
}

/** What became of an answer; `fault` is a key of `imports:answerFault`. */
export type ImportedResult =
  | { readonly result: 'created' | 'unchanged'; readonly fault: null }
  | {
      readonly result: 'rejected';
      readonly fault: 'date' | 'future' | 'month_counted' | 'no_answers' | 'id_reused';
    };

/** Stores answers of an older system; tells of each, in its place, what became of it. */
export type StoreImportedResponses = (
  answers: readonly ImportedAnswer[],
  frame: ImportFrame,
) => Promise<readonly ImportedResult[]>;

/**
 * Stores answers under the day they were given, marked with their system, verified by nothing. Those already there stay as they
 * are: one that says the same is unchanged, one that says something else under the same id is refused. Only months that this service
 * does not count by itself take them, so that no imported answer is in a scorecard that is mailed.
 */
export function createStoreImportedResponses(deps: StoreImportedResponsesDeps): StoreImportedResponses {
  const { responses } = deps;
  return async (answers, frame) => {
    const today = deps.hospitalTime.dateOf(deps.clock.now());
    const faults = await Promise.all(answers.map((answer) => faultOf(answer, today, frame)));
    const good = answers
      .filter((_answer, index) => faults[index] === null)
      .map((answer) => responseOf(deps, answer, frame));
    const before = await responses.contentsOf(good.map(({ submissionId }) => submissionId));
    const fresh = good.filter(({ submissionId }) => !before.has(submissionId));
    if (!frame.dryRun) await responses.insertMissing(fresh);
    // What another import has stored under the same id meanwhile is looked at too.
    const after = frame.dryRun ? before : await responses.contentsOf(fresh.map((one) => one.submissionId));
    const fates = new Map(
      good.map((one) => {
        const stored = before.get(one.submissionId) ?? after.get(one.submissionId) ?? one;
        const isNew = !before.has(one.submissionId);
        return [one.submissionId, saysTheSame(stored, one) ? takenAs(isNew) : reused] as const;
      }),
    );
    return answers.map(({ submissionId }, index) => {
      const fault = faults[index] ?? null;
      return fault === null ? (fates.get(submissionId) ?? reused) : { result: 'rejected', fault };
    });
  };
}

const reused: ImportedResult = { result: 'rejected', fault: 'id_reused' };

function takenAs(isNew: boolean): ImportedResult {
  return { result: isNew ? 'created' : 'unchanged', fault: null };
}

async function faultOf(
  { answeredOn, answers }: ImportedAnswer,
  today: CalendarDate,
  frame: ImportFrame,
): Promise<Extract<ImportedResult, { result: 'rejected' }>['fault'] | null> {
  if (!isCalendarDate(answeredOn)) return 'date';
  if (answeredOn > today) return 'future';
  if (Object.keys(answers).length === 0) return 'no_answers';
  return (await frame.takesMonthOf(answeredOn)) ? null : 'month_counted';
}

function responseOf(
  { clock, listHash }: StoreImportedResponsesDeps,
  answer: ImportedAnswer,
  { form, mode, system }: ImportFrame,
): SurveyResponse {
  const { submissionId, departmentCode, answeredOn } = answer;
  const classified = classifyAnswers(form, answer.answers);
  const comment = cleanText(answer.comment);
  const { answers, confidentialAnswers: confidential, texts } = classified;
  const apart = confidential.length + texts.length > 0 ? [confidential, texts] : [];
  return {
    submissionId,
    formId: form.id,
    formVersion: form.version,
    patientGroup: form.patientGroup,
    departmentCode,
    mode,
    answeredBy: 'patient',
    verification: 'none',
    ...classified,
    comment,
    answeredOn,
    receivedAt: clock.now(),
    period: periodOf(answeredOn),
    trial: false,
    importedFrom: system,
    praise: null,
    sourceKey: null,
    fingerprint: listHash([form.id, form.version, departmentCode, answers, comment, answeredOn, ...apart]),
  };
}
