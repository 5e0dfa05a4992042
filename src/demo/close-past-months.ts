import type { Delivery } from '../scorecards/delivery.ts';
import { messageIdOf } from '../scorecards/delivery.ts';
import type { PlanDeliveries } from '../scorecards/plan-deliveries.ts';
import type { PeriodRecord } from '../scorecards/scorecard.ts';
import type { Clock } from '../shared/clock.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';

/** What closing months of the past needs. */
export interface ClosePastMonthsDeps {
  readonly closeMonthBy: (
    clock: Clock,
  ) => (period: ReportingPeriod, closedBy: string) => Promise<PeriodRecord>;
  readonly closingMoment: (period: ReportingPeriod) => Date;
  readonly planAs: (entry: (row: Delivery) => Delivery) => PlanDeliveries;
  readonly messageIdHost: string;
}

const afterClosingMs = 60_000;

/** A month closed at the moment when it would have been closed. */
export async function closeInItsTime(
  deps: Pick<ClosePastMonthsDeps, 'closeMonthBy' | 'closingMoment'>,
  period: ReportingPeriod,
): Promise<PeriodRecord> {
  const now = new Date(deps.closingMoment(period).getTime() + afterClosingMs);
  return deps.closeMonthBy({ now: () => now })(period, 'system');
}

/** The row of a mail of a month long past: it is not sent any more, and says so. */
function pastRow(row: Delivery, at: Date, host: string): Delivery {
  const attempt = {
    n: 1,
    messageId: messageIdOf(row, host),
    startedAt: at,
    endedAt: at,
    outcome: 'accepted' as const,
    reply: '演示历史，未实际发送 demonstration history, not sent',
  };
  return { ...row, state: 'accepted', attempts: [attempt], nextAttemptAt: at };
}

/** Puts the mails of a month of the past into the ledger as done, so that nothing ever sends them. */
export async function planAsPast(deps: ClosePastMonthsDeps, record: PeriodRecord): Promise<void> {
  await deps.planAs((row) => pastRow(row, record.closedAt, deps.messageIdHost))(record);
}
