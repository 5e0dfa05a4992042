import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { PeriodStore } from './period.store.ts';
import type { ScorecardStore } from './scorecard.store.ts';
import type { FrozenScorecard, PeriodRecord } from './scorecard.ts';
import type { ClosedMonth } from './section-sum.ts';

/** What reading closed months needs. */
export interface ClosedMonthsDeps {
  readonly periods: Pick<PeriodStore, 'ofMonths'>;
  readonly scorecards: Pick<ScorecardStore, 'findMany'>;
}

/** The closed months among some, and what each department's scorecards of them say. */
export interface ClosedMonths {
  /** The revision of each closed month that stands, oldest month first. */
  readonly records: readonly PeriodRecord[];
  /** A department's months, oldest first; those without a scorecard of it are not among them. */
  readonly of: (departmentCode: string) => readonly ClosedMonth[];
}

/** Reads the closed months among some, with the first and the newest revision of these departments' scorecards. */
export type ReadClosedMonths = (
  months: readonly ReportingPeriod[],
  departmentCodes: readonly string[],
) => Promise<ClosedMonths>;

const keyOf = (period: string, revision: number, code: string): string => `${period}|${revision}|${code}`;

/** Builds the use case: two reads, however many months. */
export function createReadClosedMonths(deps: ClosedMonthsDeps): ReadClosedMonths {
  return async (months, departmentCodes) => {
    const newest = new Map<ReportingPeriod, PeriodRecord>();
    for (const record of await deps.periods.ofMonths(months)) newest.set(record.period, record);
    const records = [...newest.values()];
    const keys = records.flatMap(({ period, revision }) =>
      [...new Set([1, revision])].flatMap((one) =>
        departmentCodes.map((departmentCode) => ({ period, revision: one, departmentCode })),
      ),
    );
    const found = new Map<string, FrozenScorecard>();
    for (const card of await deps.scorecards.findMany(keys)) {
      found.set(keyOf(card.period, card.revision, card.departmentCode), card);
    }
    return {
      records,
      of: (code) =>
        records.flatMap(({ period, revision }) => {
          const card = found.get(keyOf(period, revision, code));
          const first = found.get(keyOf(period, 1, code));
          return card ? [{ period, card, first: first ?? { ...card, sections: [] } }] : [];
        }),
    };
  };
}
