import { hospitalCode } from '../departments/department.ts';
import type { Department } from '../departments/department.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import { addMonths } from '../shared/reporting-period.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { countMonth } from './count-month.ts';
import type { CountMonthDeps } from './count-month.ts';
import { freezeMonth } from './freeze-month.ts';
import type { PeriodStore } from './period.store.ts';
import { reviseCalls } from './revised-calls.ts';
import { reviseTally } from './revised-tally.ts';
import type { ScorecardStore } from './scorecard.store.ts';
import type { PeriodRecord, RevisionPlan } from './scorecard.ts';

/** What revising needs. */
export interface ReviseMonthDeps extends CountMonthDeps {
  readonly periods: PeriodStore;
  readonly scorecards: ScorecardStore;
  readonly clock: Clock;
  readonly contentHash: (value: unknown) => string;
  readonly settleMs: number;
}

/** What the office asks for. `base`: the revision it looked at; without it the newest. */
export interface RevisionRequest {
  readonly reason: string;
  readonly requestedBy: string;
  readonly base?: number | undefined;
}

/** Makes the later revisions of a closed month. */
export interface ReviseMonth {
  /**
   * Revision n + 1 with a new cut-off; `created` is false when the same request was answered before. Throws `period_not_closed`,
   * and `revision_outdated` when another revision was made since the one looked at.
   */
  readonly revise: (
    period: ReportingPeriod,
    request: RevisionRequest,
  ) => Promise<{ readonly record: PeriodRecord; readonly created: boolean }>;
  /** Completes every revision that was planned and not recorded. */
  readonly completeAll: () => Promise<void>;
}

function isReplay(latest: PeriodRecord, { reason, base }: RevisionRequest): boolean {
  return latest.reason === reason && (base === undefined || base === latest.revision - 1);
}

/**
 * A revision counts the month again up to a new cut-off and says why. Plan first (cut-off and reason, under a deterministic id),
 * then the frozen scorecards, then the period record: two instances, a retry and a crash in between end at the same revision.
 */
export function createReviseMonth(deps: ReviseMonthDeps): ReviseMonth {
  const complete = async (plan: RevisionPlan): Promise<PeriodRecord> => {
    const { period, revision, cutoffAt, reason, requestedBy } = plan;
    const counting = await revisedCounting(deps, plan);
    const counted = await countMonth(counting, { period, revision, cutoffAt });
    return freezeMonth(deps, counted, { period, revision, cutoffAt, reason, closedBy: requestedBy });
  };
  return {
    revise: async (period, request) => {
      const { reason, requestedBy, base } = request;
      const latest = await deps.periods.latest(period);
      if (!latest) throw periodNotClosed();
      if (isReplay(latest, request)) return { record: latest, created: false };
      if (base !== undefined && base !== latest.revision) throw revisionOutdated();
      const settled = deps.clock.now().getTime() - deps.settleMs;
      const cutoffAt = new Date(Math.max(settled, latest.cutoffAt.getTime()));
      const wish = { period, revision: latest.revision + 1, cutoffAt, reason, requestedBy };
      const plan = await deps.periods.planRevision(wish);
      const record = await complete(plan);
      if (plan.reason !== reason) throw revisionOutdated();
      return { record, created: true };
    },
    completeAll: async () => {
      for (const plan of await deps.periods.unfinishedRevisions()) await complete(plan);
    },
  };
}

type NamedDepartment = Pick<Department, 'code' | 'name'>;

/** The departments of today and those of the revision before that are gone since. */
async function departmentsOf(deps: ReviseMonthDeps, plan: RevisionPlan): Promise<readonly NamedDepartment[]> {
  const now = await deps.departments(plan.period);
  const known = new Set([hospitalCode, ...now.map(({ code }) => code)]);
  const cards = await deps.scorecards.findAll(plan.period, plan.revision - 1);
  const gone = cards.filter(({ departmentCode }) => !known.has(departmentCode));
  return [...now, ...gone.map((card) => ({ code: card.departmentCode, name: card.departmentName }))];
}

/** Counts at each cut-off in turn, each revised by the next. */
async function folded<Counts extends object>(
  cutoffs: readonly Date[],
  count: (cutoffAt: Date) => Promise<Counts>,
  revise: (before: Counts, after: Counts) => Counts,
  last: Date,
): Promise<Counts> {
  let counts: Counts = await count(cutoffs[0] ?? last);
  for (const cutoffAt of [...cutoffs.slice(1), last]) counts = revise(counts, await count(cutoffAt));
  return counts;
}

/**
 * Counting of a revision: every earlier cut-off is counted again, so that the same small changes stay out as in the revisions that
 * stand. Calls are final at the cut-off of the next month, whose scorecards say how they ended: none is counted later than that.
 */
async function revisedCounting(deps: ReviseMonthDeps, plan: RevisionPlan): Promise<CountMonthDeps> {
  const earlier = (await deps.periods.revisions(plan.period)).filter(
    ({ revision }) => revision < plan.revision,
  );
  const cutoffs = earlier.map(({ cutoffAt }) => cutoffAt);
  const next = await deps.periods.find(addMonths(plan.period, 1), 1);
  const tallyCalls: CountMonthDeps['tallyCalls'] = (period, cutoffAt) =>
    deps.tallyCalls(period, next && next.cutoffAt < cutoffAt ? next.cutoffAt : cutoffAt);
  return {
    ...deps,
    departments: () => departmentsOf(deps, plan),
    tallyPeriod: (period, last) =>
      folded(
        cutoffs,
        (cutoffAt) => deps.tallyPeriod(period, cutoffAt),
        (before, after) => reviseTally(before, after, deps.catalogue),
        last,
      ),
    tallyCalls: (period, last) =>
      folded(cutoffs, (cutoffAt) => tallyCalls(period, cutoffAt), reviseCalls, last),
  };
}

function periodNotClosed(): DomainError {
  return new DomainError(
    'conflict',
    'period_not_closed',
    'The month is not closed yet: what arrives is still counted, no revision is needed.',
  );
}

function revisionOutdated(): DomainError {
  return new DomainError(
    'conflict',
    'revision_outdated',
    'Another revision of this month has been made meanwhile. Please look at it first.',
  );
}
