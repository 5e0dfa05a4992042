import { meanScore, type ScoreCount } from './mean-interval.ts';
import { checkCount, type Proportion } from './proportion.ts';

/** What an option means for the figures, and how many chose it. A survey form's option plus its count fits as it is. */
export interface OptionCount {
  /** 0–100; null for N/A and for options that are reported but not scored, such as 不清楚. */
  readonly score: number | null;
  /** Counts towards 满意率. */
  readonly satisfied: boolean;
  /** Counts towards 非常满意率. */
  readonly topBox: boolean;
  /** Leaves numerator and denominator. */
  readonly notApplicable: boolean;
  readonly count: number;
}

/** The figures of one item. A proportion with n = 0 and a null mean are 'no value'. */
export interface ItemFigures {
  /** 有效份数: answers that are not N/A. */
  readonly validN: number;
  /** 得分 0–100 over the valid answers that have a score; null when there is none. */
  readonly meanScore: number | null;
  /** 非常满意率 as x of n. */
  readonly topBox: Proportion;
  /** 满意率 as x of n. */
  readonly satisfied: Proportion;
  /** The scored valid answers, one entry per option: what `meanInterval` takes. */
  readonly histogram: readonly ScoreCount[];
}

/**
 * Default score 0–100 of the option with this rank (1 = worst) among `levels` ordered options; a form's own map wins.
 *
 * Source: linear mean scoring of HCAHPS, 100·(r−1)/(k−1). Example: 经常 as 3rd of 4 → 66 2/3; 9 of 0–10 as 10th of 11 →
 * 90. Throws a RangeError unless levels ≥ 2 and 1 ≤ rank ≤ levels are whole numbers.
 */
export function linearScore(rank: number, levels: number): number {
  checkCount(rank, 'rank');
  checkCount(levels, 'levels');
  if (levels < 2) throw new RangeError('levels must be at least 2');
  if (rank < 1 || rank > levels) throw new RangeError('rank must lie between 1 and levels');
  return (100 * (rank - 1)) / (levels - 1);
}

/** Answers among the options that a test picks. */
function countWhere(options: readonly OptionCount[], picks: (option: OptionCount) => boolean): number {
  return options.reduce((sum, option) => (picks(option) ? sum + option.count : sum), 0);
}

/**
 * The figures of one item from the counts of its options. N/A leaves numerator and denominator; an option without a
 * score that is not N/A stays in the denominator of the rates and leaves only the mean.
 *
 * Source: HCAHPS box and linear mean scoring. Example: 总是 40, 经常 5, 有时 3, 从未 2, 没按过 50 (N/A) → validN 50,
 * topBox 40 of 50. Throws a RangeError on a count that is not a whole number of at least 0, or a score outside 0–100.
 */
export function itemFigures(options: readonly OptionCount[]): ItemFigures {
  for (const { count } of options) checkCount(count, 'a count');
  const valid = options.filter(({ notApplicable }) => !notApplicable);
  const n = countWhere(valid, () => true);
  const histogram = valid.flatMap(({ score, count }) => (score === null ? [] : [{ score, count }]));
  return {
    validN: n,
    meanScore: meanScore(histogram),
    topBox: { x: countWhere(valid, ({ topBox }) => topBox), n },
    satisfied: { x: countWhere(valid, ({ satisfied }) => satisfied), n },
    histogram,
  };
}
