import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { smallestThreshold } from '../statistics/small-numbers.ts';
import { suppressSplit } from '../statistics/suppression.ts';
import type { LateAnswers, SurveyMode } from '../survey-responses/survey-response.ts';
import type { PeriodRecord } from './scorecard.ts';

/** Late answers of one department, form and mode as they may be shown. */
export interface LateAnswerRow {
  readonly departmentCode: string;
  readonly patientGroup: string;
  readonly formId: string;
  readonly formVersion: number;
  readonly mode: SurveyMode;
  /** Null when hidden: 1–4, or what would give one of those away. */
  readonly n: number | null;
  /** Null where a hidden number is not to be told by its moments either. */
  readonly firstReceivedAt: Date | null;
  readonly lastReceivedAt: Date | null;
}

/** What is shown of a closed month after its last revision. */
export interface LateAnswersOfPeriod {
  readonly period: ReportingPeriod;
  /** Oldest first. */
  readonly revisions: readonly PeriodRecord[];
  /** Null when 1–4. */
  readonly total: number | null;
  readonly rows: readonly LateAnswerRow[];
}

const keyOf = ({ departmentCode, formId, formVersion, mode }: LateAnswers): string =>
  [departmentCode, formId, formVersion, mode].join('|');

const earliest = (a: Date, b: Date): Date => (a < b ? a : b);
const latest = (a: Date, b: Date): Date => (a > b ? a : b);

function merged(counts: readonly LateAnswers[]): readonly LateAnswers[] {
  const rows = new Map<string, LateAnswers>();
  for (const count of counts) {
    const row = rows.get(keyOf(count));
    rows.set(
      keyOf(count),
      row
        ? {
            ...row,
            complete: row.complete + count.complete,
            partial: row.partial + count.partial,
            firstReceivedAt: earliest(row.firstReceivedAt, count.firstReceivedAt),
            lastReceivedAt: latest(row.lastReceivedAt, count.lastReceivedAt),
          }
        : count,
    );
  }
  return [...rows.values()];
}

/**
 * Counts of late answers by department, form and mode, small ones hidden with as many others as keep their secret.
 * `isHidden`: whether the department's own count is hidden in the revision that stands; what came late is then hidden too, or the
 * next revision minus it would tell. Example: 12, 6 and 2 → the 2 and the 6 are hidden, the total 20 is not.
 */
export function presentLateAnswers(
  counts: readonly LateAnswers[],
  isHidden: (departmentCode: string, patientGroup: string) => boolean,
): Pick<LateAnswersOfPeriod, 'total' | 'rows'> {
  const rows = merged(counts);
  const ns = rows.map(({ complete, partial }) => complete + partial);
  const total = ns.reduce((sum, n) => sum + n, 0);
  const hidden = suppressSplit(ns);
  const shut = rows.map(({ departmentCode, patientGroup }) => isHidden(departmentCode, patientGroup));
  const telling = total > 0 && (total < smallestThreshold || shut.some(Boolean));
  return {
    total: telling ? null : total,
    rows: rows.map(({ complete, partial, verification: _verification, ...row }, index) =>
      Object.assign(row, {
        n: hidden[index] === true || shut[index] === true ? null : complete + partial,
      }),
    ),
  };
}

/** For who reads figures only: where a number is hidden, when its few answers came is hidden too. */
export function withoutFewMoments(known: LateAnswersOfPeriod): LateAnswersOfPeriod {
  const rows = known.rows.map((row) =>
    row.n === null ? { ...row, firstReceivedAt: null, lastReceivedAt: null } : row,
  );
  return { ...known, rows };
}
