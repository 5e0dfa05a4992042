import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Logger } from '../shared/logger.ts';
import { addMonths, periodOf, previousPeriod } from '../shared/reporting-period.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { monthsBetween } from './closing-time.ts';
import type { PlanDeliveries } from './plan-deliveries.ts';
import type { PeriodRecord } from './scorecard.ts';

/** What the reconciler needs. */
export interface ReconcileScorecardsDeps {
  /** The first month with an answer or a discharge; null before there is any. */
  readonly firstPeriodWithData: () => Promise<ReportingPeriod | null>;
  /** The revision of a month that stands; null while it is open. */
  readonly closedPeriod: (period: ReportingPeriod) => Promise<PeriodRecord | null>;
  /** Closes a month; closing again gives the revision that stands. */
  readonly closeMonth: (period: ReportingPeriod, closedBy: string) => Promise<PeriodRecord>;
  /** Whether the service was never live in a month: such a month closes and mails nothing by itself. */
  readonly isTrialMonth: (period: ReportingPeriod) => boolean;
  /** Completes revisions that were asked for and not recorded. */
  readonly completeRevisions: () => Promise<void>;
  /** Revisions from the second on that were made at or after a moment, of whatever month. */
  readonly revisedSince: (moment: Date) => Promise<readonly PeriodRecord[]>;
  readonly closingMoment: (period: ReportingPeriod) => Date;
  readonly planDeliveries: PlanDeliveries;
  readonly deliver: () => Promise<void>;
  readonly clock: Clock;
  readonly hospitalTime: Pick<HospitalTime, 'dateOf'>;
  /** How many ended months are closed by themselves: an import of old answers must not mail years of scorecards. */
  readonly catchUpMonths: number;
  /** How long after closing a new recipient still gets the month, in ms. */
  readonly planningMs: number;
  readonly log: Pick<Logger, 'info' | 'error'>;
}

/** Closes what is due, plans what is closed, sends what is planned. Running it again, late, or twice at once does no harm. */
export type ReconcileScorecards = () => Promise<void>;

/** Builds the use case: the one thing every timer, start and catch-up calls. A month that fails does not hold up another, nor the mails. */
export function createReconcileScorecards(deps: ReconcileScorecardsDeps): ReconcileScorecards {
  const months = async (): Promise<readonly ReportingPeriod[]> => {
    const first = await deps.firstPeriodWithData();
    if (first === null) return [];
    const last = previousPeriod(periodOf(deps.hospitalTime.dateOf(deps.clock.now())));
    const earliest = addMonths(last, 1 - deps.catchUpMonths);
    const ended = monthsBetween(first < earliest ? earliest : first, last);
    return ended.filter((period) => !deps.isTrialMonth(period));
  };
  const plan = async (record: PeriodRecord): Promise<void> => {
    const { period, revision } = record;
    const added = await deps.planDeliveries(record);
    if (added > 0) deps.log.info({ period, revision, added }, 'Deliveries planned.');
  };
  const settle = async (period: ReportingPeriod): Promise<void> => {
    const now = deps.clock.now();
    const standing = await deps.closedPeriod(period);
    const due = deps.closingMoment(period) <= now;
    const record = standing ?? (due ? await deps.closeMonth(period, 'system') : null);
    if (record && now.getTime() - record.closedAt.getTime() <= deps.planningMs) await plan(record);
  };
  const settleRevisions = async (): Promise<void> => {
    await deps.completeRevisions();
    const since = new Date(deps.clock.now().getTime() - deps.planningMs);
    for (const record of await deps.revisedSince(since)) {
      if (!deps.isTrialMonth(record.period)) await plan(record);
    }
  };
  return async () => {
    const failures: unknown[] = [];
    const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        deps.log.error({ what, err: error }, 'A month could not be closed or planned.');
        failures.push(error);
      }
    };
    await attempt('revisions', settleRevisions);
    for (const period of await months()) await attempt(period, () => settle(period));
    await deps.deliver();
    if (failures.length > 0)
      throw new AggregateError(failures, 'Not every month could be closed and planned.');
  };
}
