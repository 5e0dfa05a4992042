import type { Clock } from '../shared/clock.ts';
import type { PeriodStore } from './period.store.ts';
import type { ScorecardStore } from './scorecard.store.ts';
import type { PeriodRecord, Scorecard } from './scorecard.ts';

/** What freezing needs. */
export interface FreezeMonthDeps {
  readonly periods: Pick<PeriodStore, 'record'>;
  readonly scorecards: Pick<ScorecardStore, 'freeze'>;
  readonly clock: Clock;
  readonly contentHash: (value: unknown) => string;
}

/** What is known of a revision before it exists. */
export type RevisionHead = Pick<PeriodRecord, 'period' | 'revision' | 'cutoffAt' | 'closedBy' | 'reason'>;

/** Stores every scorecard with the hash of its content, then the period record, which makes the revision exist. What stands already stays. */
export async function freezeMonth(
  deps: FreezeMonthDeps,
  scorecards: readonly Scorecard[],
  head: RevisionHead,
): Promise<PeriodRecord> {
  const frozen: { readonly departmentCode: string; readonly contentHash: string }[] = [];
  for (const scorecard of scorecards) {
    frozen.push(await deps.scorecards.freeze({ ...scorecard, contentHash: deps.contentHash(scorecard) }));
  }
  return deps.periods.record({
    ...head,
    closedAt: deps.clock.now(),
    departmentCodes: frozen.map(({ departmentCode }) => departmentCode),
    contentHash: deps.contentHash(frozen.map((scorecard) => scorecard.contentHash)),
  });
}
