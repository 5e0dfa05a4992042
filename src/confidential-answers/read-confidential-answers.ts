import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { parseReportingPeriod } from '../shared/reporting-period.ts';
import type { CalendarDate, ReportingPeriod } from '../shared/reporting-period.ts';
import type {
  ConfidentialChoice,
  ConfidentialCount,
  CountConfidential,
  ListConfidential,
  ReadConfidentialAnswer,
} from './confidential-answer.ts';

/** What reading needs. */
export interface ReadConfidentialAnswersDeps {
  readonly countConfidential: CountConfidential;
  readonly listConfidential: ListConfidential;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly dateOf: (moment: Date) => CalendarDate;
}

/** Who reads what. */
export interface ConfidentialRequest {
  readonly period: string;
  /** Null: the counts alone. */
  readonly choice: ConfidentialChoice | null;
  readonly actor: string;
  readonly requestId: string;
}

/** A month's confidential answers. */
export interface ConfidentialMonth {
  readonly period: ReportingPeriod;
  readonly counts: readonly ConfidentialCount[];
  /** The newest first, at most 200; none without a choice. */
  readonly answers: readonly ReadConfidentialAnswer[];
}

/** Reads a month's confidential answers. */
export type ReadConfidentialAnswers = (request: ConfidentialRequest) => Promise<ConfidentialMonth>;

const mostListed = 200;

/** Builds the use case. Each reading is audited before it is answered; no answer leaves it with more than its day. Throws `period_invalid`. */
export function createReadConfidentialAnswers(deps: ReadConfidentialAnswersDeps): ReadConfidentialAnswers {
  return async ({ period: value, choice, actor, requestId }) => {
    const period = parseReportingPeriod(value);
    await deps.recordAuditEvent({
      actor,
      requestId,
      action: choice ? 'confidential-answer.list' : 'confidential-answer.count',
      subject: `period/${period}`,
      outcome: 'succeeded',
    });
    const answers = choice ? await deps.listConfidential(period, choice, mostListed) : [];
    return {
      period,
      counts: await deps.countConfidential(period),
      answers: answers.map(({ departmentCode, patientGroup, mode, receivedAt }) => ({
        departmentCode,
        patientGroup,
        mode,
        receivedOn: deps.dateOf(receivedAt),
      })),
    };
  };
}
