import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { parseReportingPeriod } from '../shared/reporting-period.ts';
import type { ReviseMonth } from './revise-month.ts';
import type { PeriodRecord } from './scorecard.ts';

/** What revising by hand needs. */
export interface RequestRevisionDeps {
  readonly reviseMonth: Pick<ReviseMonth, 'revise'>;
  readonly recordAuditEvent: RecordAuditEvent;
  /** Called once the revision stands, so that its mails do not wait for the next full hour. */
  readonly wake: () => void;
}

/** A person's wish: why, and which revision was looked at. */
export interface RevisionForm {
  readonly reason: string;
  readonly base?: number;
}

/** Makes a revision for a person; `created` is false when the same request was answered before. */
export type RequestRevision = (
  period: string,
  form: RevisionForm,
  by: { readonly accountId: string; readonly requestId: string },
) => Promise<{ readonly record: PeriodRecord; readonly created: boolean }>;

/** Builds the use case: audited before and after. Throws what `revise` throws, and `period_invalid`. */
export function createRequestRevision(deps: RequestRevisionDeps): RequestRevision {
  return async (value, { reason, base }, { accountId, requestId }) => {
    const period = parseReportingPeriod(value);
    const event = {
      actor: accountId,
      action: 'scorecard.revise',
      subject: `period/${period}`,
      requestId,
      fields: ['reason'],
    };
    await deps.recordAuditEvent({ ...event, outcome: 'attempted' });
    try {
      const oneLine = reason.replaceAll(/\s+/gu, ' ');
      const made = await deps.reviseMonth.revise(period, { reason: oneLine, requestedBy: accountId, base });
      await deps.recordAuditEvent({ ...event, outcome: 'succeeded' });
      deps.wake();
      return made;
    } catch (error) {
      await deps.recordAuditEvent({ ...event, outcome: 'failed' });
      throw error;
    }
  };
}
