import type { Department } from '../departments/department.ts';
import type { TallyCalls } from '../follow-up-calls/follow-up-call.ts';
import type { LocalizedText } from '../shared/localized-text.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { previousPeriod } from '../shared/reporting-period.ts';
import type { SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import type { TallyPeriod } from '../survey-responses/survey-response.ts';
import type { PeriodStore } from './period.store.ts';
import type { ScorecardStore } from './scorecard.store.ts';
import { finalCalls } from './final-calls.ts';
import type { FinalCalls } from './moving-calls.ts';
import type { FrozenScorecard, Scorecard } from './scorecard.ts';
import { buildScorecards } from './scorecard-set.ts';

/** What counting needs. */
export interface CountMonthDeps {
  readonly periods: Pick<PeriodStore, 'latest'>;
  readonly scorecards: Pick<ScorecardStore, 'findAll'>;
  readonly tallyPeriod: TallyPeriod;
  readonly tallyCalls: TallyCalls;
  /** The departments whose month it was, under the names they had then. */
  readonly departments: (period: ReportingPeriod) => Promise<readonly Pick<Department, 'code' | 'name'>[]>;
  readonly catalogue: SurveyFormCatalogue;
  readonly hospitalName: LocalizedText;
}

interface CountedMonth {
  readonly period: ReportingPeriod;
  readonly revision: number;
  readonly cutoffAt: Date;
}

/** Counted once, when the month is first closed: a later revision keeps it, so that no two finals can be subtracted. */
async function previousCallsOf(
  deps: CountMonthDeps,
  { period, revision, cutoffAt }: CountedMonth,
  frozen: readonly FrozenScorecard[],
): Promise<ReadonlyMap<string, FinalCalls>> {
  if (revision > 1) {
    const standing = await deps.scorecards.findAll(period, revision - 1);
    return new Map(
      standing.flatMap(({ departmentCode, previousCalls }) =>
        previousCalls ? [[departmentCode, previousCalls]] : [],
      ),
    );
  }
  const moving = frozen.some(({ calls }) => calls && calls.open !== 0);
  return moving ? finalCalls(frozen, await deps.tallyCalls(previousPeriod(period), cutoffAt)) : new Map();
}

/** Counts a month up to a cut-off and builds every scorecard; stores nothing. Closing, dry run and 快报 all count here. */
export async function countMonth(deps: CountMonthDeps, month: CountedMonth): Promise<readonly Scorecard[]> {
  const before = await deps.periods.latest(previousPeriod(month.period));
  const frozen = before ? await deps.scorecards.findAll(before.period, before.revision) : [];
  return buildScorecards({
    ...month,
    tally: await deps.tallyPeriod(month.period, month.cutoffAt),
    calls: await deps.tallyCalls(month.period, month.cutoffAt),
    departments: await deps.departments(month.period),
    hospitalName: deps.hospitalName,
    catalogue: deps.catalogue,
    previousCalls: await previousCallsOf(deps, month, frozen),
    previous: new Map(frozen.map((scorecard) => [scorecard.departmentCode, scorecard])),
  });
}
