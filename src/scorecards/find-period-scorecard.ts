import { hospitalCode } from '../departments/department.ts';
import { monthsOf, parseLongPeriod, previousLike, spanOf } from '../shared/long-period.ts';
import type { SurveyFormCatalogue } from '../survey-forms/survey-form.ts';
import type { ReadClosedMonths } from './closed-months.ts';
import { scorecardNotFound, unfrozen } from './find-scorecard.ts';
import type { FoundScorecard } from './find-scorecard.ts';
import { sumScorecard } from './sum-scorecard.ts';

/** What finding needs. */
export interface FindPeriodScorecardDeps {
  readonly readClosedMonths: ReadClosedMonths;
  readonly catalogue: SurveyFormCatalogue;
}

/** The scorecard of a quarter, half-year or year, from its frozen months. Throws `period_invalid` and `scorecard_not_found`. */
export type FindPeriodScorecard = (period: string, departmentCode: string) => Promise<FoundScorecard>;

/** Builds the use case. Months that are not closed are named as missing; without any closed month there is no scorecard. */
export function createFindPeriodScorecard(deps: FindPeriodScorecardDeps): FindPeriodScorecard {
  return async (value, departmentCode) => {
    const period = parseLongPeriod(value);
    const [window, earlier] = [monthsOf(period), monthsOf(previousLike(period))];
    const closed = await deps.readClosedMonths(
      [...earlier, ...window],
      [...new Set([departmentCode, hospitalCode])],
    );
    const within = (code: string, months: readonly string[]): ReturnType<typeof closed.of> =>
      closed.of(code).filter((month) => months.includes(month.period));
    const card = sumScorecard({
      period,
      span: spanOf(period) ?? 'year',
      window,
      months: within(departmentCode, window),
      hospital: departmentCode === hospitalCode ? null : within(hospitalCode, window),
      before: within(departmentCode, earlier),
      catalogue: deps.catalogue,
    });
    if (!card) throw scorecardNotFound();
    return { ...unfrozen, card };
  };
}
