import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { smallestThreshold } from '../statistics/small-numbers.ts';
import type { CountLateAnswers } from '../survey-responses/survey-response.ts';
import { presentLateAnswers } from './late-answers.ts';
import type { LateAnswersOfPeriod } from './late-answers.ts';
import type { PeriodStore } from './period.store.ts';
import type { ScorecardStore } from './scorecard.store.ts';

/** What listing late answers needs. */
export interface ListLateAnswersDeps {
  readonly periods: Pick<PeriodStore, 'revisions'>;
  readonly scorecards: Pick<ScorecardStore, 'findAll'>;
  readonly lateAnswers: CountLateAnswers;
}

/** The answers a closed month has got since its newest cut-off; an open month has none. */
export type ListLateAnswers = (period: ReportingPeriod) => Promise<LateAnswersOfPeriod>;

/** Builds the use case. */
export function createListLateAnswers(deps: ListLateAnswersDeps): ListLateAnswers {
  return async (period) => {
    const revisions = await deps.periods.revisions(period);
    const standing = revisions.at(-1);
    if (!standing) return { period, revisions, total: 0, rows: [] };
    const counts = await deps.lateAnswers(period, standing.cutoffAt);
    const cards = counts.length > 0 ? await deps.scorecards.findAll(period, standing.revision) : [];
    const small = new Set(
      cards.flatMap(({ departmentCode, sections }) =>
        sections
          .filter(({ scope, responses: { complete } }) => {
            return scope === 'own' && complete > 0 && complete < smallestThreshold;
          })
          .map(({ patientGroup }) => `${departmentCode}|${patientGroup}`),
      ),
    );
    const isHidden = (code: string, group: string): boolean => small.has(`${code}|${group}`);
    return { period, revisions, ...presentLateAnswers(counts, isHidden) };
  };
}
