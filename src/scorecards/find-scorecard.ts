import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { parseReportingPeriod, periodOf } from '../shared/reporting-period.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { CountProvisional } from './count-provisional.ts';
import type { DescribeRevision } from './describe-revision.ts';
import type { PeriodStore } from './period.store.ts';
import { presentScorecard } from './present-scorecard.ts';
import type { PresentedScorecard } from './presented-scorecard.ts';
import { presentProvisional } from './provisional-scorecard.ts';
import type { RevisionNote } from './revision-change.ts';
import type { RollingSum } from './rolling-sum.ts';
import type { Scorecard } from './scorecard.ts';
import type { ScorecardStore } from './scorecard.store.ts';

/** What finding needs. */
export interface FindScorecardDeps {
  readonly periods: Pick<PeriodStore, 'latest' | 'find'>;
  readonly scorecards: Pick<ScorecardStore, 'find'>;
  readonly countProvisional: CountProvisional;
  readonly describeRevision: DescribeRevision;
  readonly rollingSum: RollingSum;
  readonly clock: Clock;
  readonly hospitalTime: Pick<HospitalTime, 'dateOf'>;
}

/** A scorecard as it may leave the server; hash and closing time are null for a 快报. */
export interface FoundScorecard {
  readonly card: PresentedScorecard;
  readonly contentHash: string | null;
  readonly closedAt: Date | null;
  /** Why this revision was made and what it changed; null for a first revision and a 快报. */
  readonly revisionNote: RevisionNote | null;
  /** The items with fewer than 30 answers over up to 12 months; null where the month says enough by itself. */
  readonly rollingSum: PresentedScorecard | null;
  /** The newest revision of the month; null while it is open. */
  readonly latestRevision: number | null;
}

/** What a scorecard that is not frozen by itself has not. */
export const unfrozen: Omit<FoundScorecard, 'card'> = {
  contentHash: null,
  closedAt: null,
  revisionNote: null,
  rollingSum: null,
  latestRevision: null,
};

/** One scorecard: the newest revision, the one asked for, or the 快报 of an open month. */
export type FindScorecard = (
  period: string,
  departmentCode: string,
  revision?: number,
) => Promise<FoundScorecard>;

/** The error for a scorecard that does not exist. */
export function scorecardNotFound(): DomainError {
  return new DomainError(
    'not-found',
    'scorecard_not_found',
    'There is no scorecard of this department and month.',
  );
}

/** The 快报 cards of an open month; throws `scorecard_not_found` for a month to come, or a past one in which nothing happened. */
export async function openMonth(
  deps: Pick<FindScorecardDeps, 'countProvisional' | 'clock' | 'hospitalTime'>,
  period: ReportingPeriod,
): Promise<readonly Scorecard[]> {
  const current = periodOf(deps.hospitalTime.dateOf(deps.clock.now()));
  if (period > current) throw scorecardNotFound();
  const cards = await deps.countProvisional(period);
  const anything = cards.some(({ sections, calls }) => sections.length > 0 || calls !== null);
  if (period !== current && !anything) throw scorecardNotFound();
  return cards;
}

/** Builds the use case. Throws `period_invalid` and `scorecard_not_found`. A revision without its period record does not exist yet. */
export function createFindScorecard(deps: FindScorecardDeps): FindScorecard {
  return async (value, departmentCode, revision) => {
    const period = parseReportingPeriod(value);
    const latest = await deps.periods.latest(period);
    const record = revision === undefined ? latest : await deps.periods.find(period, revision);
    if (record) {
      const frozen = await deps.scorecards.find({ period, revision: record.revision, departmentCode });
      if (!frozen) throw scorecardNotFound();
      const { contentHash } = frozen;
      return {
        card: presentScorecard(frozen),
        contentHash,
        closedAt: record.closedAt,
        revisionNote: await deps.describeRevision(frozen),
        rollingSum: await deps.rollingSum(frozen),
        latestRevision: latest?.revision ?? null,
      };
    }
    if (revision !== undefined) throw scorecardNotFound();
    const cards = await openMonth(deps, period);
    const open = cards.find((card) => card.departmentCode === departmentCode);
    if (!open) throw scorecardNotFound();
    const card = presentProvisional(open);
    return { ...unfrozen, card };
  };
}
