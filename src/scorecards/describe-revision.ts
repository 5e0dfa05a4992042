import type { PeriodStore } from './period.store.ts';
import { presentScorecard } from './present-scorecard.ts';
import { changesBetween } from './revision-change.ts';
import type { RevisionNote } from './revision-change.ts';
import type { ScorecardStore } from './scorecard.store.ts';
import type { FrozenScorecard } from './scorecard.ts';

/** What describing needs. */
export interface DescribeRevisionDeps {
  readonly periods: Pick<PeriodStore, 'find'>;
  readonly scorecards: Pick<ScorecardStore, 'find'>;
}

/** Why a frozen scorecard is a later revision and what it changed; null for a first revision. */
export type DescribeRevision = (card: FrozenScorecard) => Promise<RevisionNote | null>;

/** Builds the use case. A department that the revision before did not have has no changes to tell. */
export function createDescribeRevision(deps: DescribeRevisionDeps): DescribeRevision {
  return async (card) => {
    const { period, revision, departmentCode } = card;
    if (revision < 2) return null;
    const against = revision - 1;
    const record = await deps.periods.find(period, revision);
    const before = await deps.scorecards.find({ period, revision: against, departmentCode });
    const changes = before ? changesBetween(presentScorecard(before), presentScorecard(card)) : [];
    return { revision, against, reason: record?.reason ?? '', changes };
  };
}
