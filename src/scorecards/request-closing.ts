import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { parseReportingPeriod } from '../shared/reporting-period.ts';
import type { CloseMonth } from './close-month.ts';
import type { PeriodStore } from './period.store.ts';
import type { PeriodRecord } from './scorecard.ts';

/** What closing by hand needs. */
export interface RequestClosingDeps {
  readonly closeMonth: Pick<CloseMonth, 'close'>;
  readonly periods: Pick<PeriodStore, 'latest'>;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** Closes a month for a person; `created` is false when it stood already. */
export type RequestClosing = (
  period: string,
  by: { readonly accountId: string; readonly requestId: string },
) => Promise<{ readonly record: PeriodRecord; readonly created: boolean }>;

/** Builds the use case: audited before and after. Throws `period_invalid` and `period_not_due`. */
export function createRequestClosing(deps: RequestClosingDeps): RequestClosing {
  return async (value, { accountId, requestId }) => {
    const period = parseReportingPeriod(value);
    const event = { actor: accountId, action: 'scorecard.close', subject: `period/${period}`, requestId };
    await deps.recordAuditEvent({ ...event, outcome: 'attempted' });
    try {
      const standing = await deps.periods.latest(period);
      const record = standing ?? (await deps.closeMonth.close(period, accountId));
      await deps.recordAuditEvent({ ...event, outcome: 'succeeded' });
      return { record, created: standing === null };
    } catch (error) {
      await deps.recordAuditEvent({ ...event, outcome: 'failed' });
      throw error;
    }
  };
}
