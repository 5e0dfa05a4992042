import type { CalendarDate, ReportingPeriod } from '../shared/reporting-period.ts';
import type { SurveyMode } from '../survey-responses/survey-response.ts';

/** How often an option of a confidential item (such as 红包) was chosen at a department in a month. */
export interface ConfidentialCount {
  readonly departmentCode: string;
  readonly formId: string;
  readonly formVersion: number;
  readonly item: string;
  readonly option: string;
  readonly count: number;
}

/** One confidential answer as it is stored: where and when, and nothing else that its sheet says. */
export interface ConfidentialAnswer {
  readonly departmentCode: string;
  readonly patientGroup: string;
  readonly mode: SurveyMode;
  readonly receivedAt: Date;
}

/** One confidential answer as it is read: the hospital's day, not the minute, for who was there is easily known. */
export interface ReadConfidentialAnswer extends Omit<ConfidentialAnswer, 'receivedAt'> {
  readonly receivedOn: CalendarDate;
}

/** Which single answers are asked for. */
export interface ConfidentialChoice {
  readonly item: string;
  readonly option: string;
}

/** Counts a month's confidential answers; those of trial operation are not among them. */
export type CountConfidential = (period: ReportingPeriod) => Promise<readonly ConfidentialCount[]>;

/** A month's answers of one choice, the newest first, at most `limit`. */
export type ListConfidential = (
  period: ReportingPeriod,
  choice: ConfidentialChoice,
  limit: number,
) => Promise<readonly ConfidentialAnswer[]>;
