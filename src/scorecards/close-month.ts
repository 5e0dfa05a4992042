import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { countMonth } from './count-month.ts';
import type { CountMonthDeps } from './count-month.ts';
import type { PeriodStore } from './period.store.ts';
import type { ScorecardStore } from './scorecard.store.ts';
import type { FrozenScorecard, PeriodRecord, Scorecard } from './scorecard.ts';

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

const revision = 1;

/**
 * Closing: the cut-off is fixed first, so that every instance and every retry counts the same answers; then each
 * scorecard is frozen; the period record, written last, makes the revision exist.
 */
export function createCloseMonth(deps: CloseMonthDeps): CloseMonth {
  const settledNow = (): Date => new Date(deps.clock.now().getTime() - deps.settleMs);
  const freeze = async (scorecard: Scorecard): Promise<FrozenScorecard> =>
    deps.scorecards.freeze({ ...scorecard, contentHash: deps.contentHash(scorecard) });
  return {
    dryRun: async (period) => countMonth(deps, { period, revision, cutoffAt: settledNow() }),
    close: async (period, closedBy) => {
      const standing = await deps.periods.latest(period);
      if (standing) return standing;
      if (deps.clock.now() < deps.closingMoment(period)) throw periodNotDue();
      const cutoffAt = await deps.periods.fixCutoff(period, revision, settledNow());
      const frozen: FrozenScorecard[] = [];
      for (const scorecard of await countMonth(deps, { period, revision, cutoffAt })) {
        frozen.push(await freeze(scorecard));
      }
      return deps.periods.record({
        period,
        revision,
        cutoffAt,
        closedAt: deps.clock.now(),
        closedBy,
        departmentCodes: frozen.map(({ departmentCode }) => departmentCode),
        contentHash: deps.contentHash(frozen.map((scorecard) => scorecard.contentHash)),
      });
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
