import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { SurveyResponse } from './survey-response.ts';

/** What somebody wrote in an answer, and where the answer belongs; of live operation only. */
export interface WrittenAnswer extends Pick<
  SurveyResponse,
  | 'submissionId'
  | 'formId'
  | 'formVersion'
  | 'patientGroup'
  | 'departmentCode'
  | 'mode'
  | 'period'
  | 'receivedAt'
  | 'comment'
  | 'praise'
  | 'texts'
  | 'mayPublish'
> {}

/** Whose words are asked for. */
export interface WrittenQuery {
  readonly period: ReportingPeriod;
  readonly departmentCode?: string | undefined;
  readonly formId?: string | undefined;
}

/** Where to go on: behind this answer, the newest first. */
export type WrittenPosition = Pick<WrittenAnswer, 'receivedAt' | 'submissionId'>;

/** Answers of a month in which somebody wrote, the newest first. */
export type ListWritten = (
  query: WrittenQuery,
  after: WrittenPosition | null,
  limit: number,
) => Promise<readonly WrittenAnswer[]>;

/** What is written in some answers; those that do not exist, or say nothing any more, are left out. */
export type FindWritten = (submissionIds: readonly string[]) => Promise<readonly WrittenAnswer[]>;

/** Whether somebody wrote anything in an answer. */
export function holdsWords({
  comment,
  praise,
  texts,
}: Pick<WrittenAnswer, 'comment' | 'praise' | 'texts'>): boolean {
  return comment !== null || (praise?.text ?? null) !== null || texts.length > 0;
}
