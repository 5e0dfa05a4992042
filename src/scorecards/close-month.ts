import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { countMonth } from './count-month.ts';
import type { CountMonthDeps } from './count-month.ts';
import { freezeMonth } from './freeze-month.ts';
import type { PeriodStore } from './period.store.ts';
import type { ScorecardStore } from './scorecard.store.ts';
import type { PeriodRecord, Scorecard } from './scorecard.ts';

/** What closing needs. */
export interface CloseMonthDeps extends CountMonthDeps {
  readonly periods: PeriodStore;
  readonly scorecards: ScorecardStore;
  readonly clock: Clock;
  readonly contentHash: (value: unknown) => string;
  /** The moment from which a month may be closed. */
  readonly closingMoment: (period: ReportingPeriod) => Date;
  readonly settleMs: number;
}

/** Closes a month, or counts it without storing anything. */
export interface CloseMonth {
  /** Closing again gives the revision that stands. Throws `period_not_due` before the closing day. */
  readonly close: (period: ReportingPeriod, closedBy: string) => Promise<PeriodRecord>;
  /** What closing now would store; for months not due yet it is the 快报. */
  readonly dryRun: (period: ReportingPeriod) => Promise<readonly Scorecard[]>;
}

const firstRevision = 1;

/**
 * Closing: the cut-off is fixed first, so that every instance and every retry counts the same answers; then each
 * scorecard is frozen; the period record, written last, makes the revision exist. Later revisions: `createReviseMonth`.
 */
export function createCloseMonth(deps: CloseMonthDeps): CloseMonth {
  const revision = firstRevision;
  const settledNow = (): Date => new Date(deps.clock.now().getTime() - deps.settleMs);
  return {
    dryRun: async (period) => countMonth(deps, { period, revision, cutoffAt: settledNow() }),
    close: async (period, closedBy) => {
      const standing = await deps.periods.latest(period);
      if (standing) return standing;
      if (deps.clock.now() < deps.closingMoment(period)) throw periodNotDue();
      const cutoffAt = await deps.periods.fixCutoff(period, revision, settledNow());
      const counted = await countMonth(deps, { period, revision, cutoffAt });
      return freezeMonth(deps, counted, { period, revision, cutoffAt, closedBy });
    },
  };
}

function periodNotDue(): DomainError {
  return new DomainError(
    'conflict',
    'period_not_due',
    'The month is closed on the closing day of the next month.',
  );
}
