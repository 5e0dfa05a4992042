import { groupBy } from '../shared/group-by.ts';
import { smallestThreshold } from '../statistics/small-numbers.ts';
import { suppressSplit } from '../statistics/suppression.ts';
import { fixedUnitOf } from '../survey-forms/survey-form.ts';
import type { ResponseTally } from '../survey-responses/survey-response.ts';
import type { CountedOption } from './item-tally.ts';

const validAnswers = (counted: readonly CountedOption[]): number =>
  counted.reduce((sum, { option, tally }) => (option.notApplicable ? sum : sum + tally.count), 0);

const isSmall = (n: number): boolean => n > 0 && n < smallestThreshold;

/** How many valid answers each department gave to the same thing. */
interface DepartmentCell {
  readonly code: string;
  readonly n: number;
}

/**
 * Departments with 1–4 answers that must stay out of a hospital figure. Every department with 5 or more publishes its own
 * figure, so the hospital figure minus all of those is what the small departments answered: when these do not keep each
 * other's secret (one alone, or too few answers in all), their answers stay out. Example: 100, 100 and 3 valid answers → the
 * third stays out, the hospital figure has n = 200; 100, 4 and 3 → n = 107.
 */
function smallThatShow(cells: readonly DepartmentCell[]): ReadonlySet<string> {
  const hidden = suppressSplit(cells.map(({ n }) => n));
  if (cells.every(({ n }, index) => hidden[index] === isSmall(n))) return new Set();
  return new Set(cells.filter(({ n }) => isSmall(n)).map(({ code }) => code));
}

/**
 * The counts of one item that its hospital figure may be made of. Items of a fixed unit are published for no department, so
 * nothing can be subtracted from them.
 */
export function hospitalCells(counted: readonly CountedOption[]): readonly CountedOption[] {
  const open = counted.filter(({ item }) => !item.confidential);
  const split = open.filter(({ item }) => fixedUnitOf(item) === null);
  const small = smallThatShow(
    [...groupBy(split, ({ tally }) => tally.departmentCode)].map(([code, rows]) => ({
      code,
      n: validAnswers(rows),
    })),
  );
  return open.filter(({ item, tally }) => fixedUnitOf(item) !== null || !small.has(tally.departmentCode));
}

/** The responses a hospital dimension's n may count, by the same rule: `nOf` is a department's own n of the dimension. */
export function hospitalResponses(
  rows: readonly ResponseTally[],
  nOf: (rows: readonly ResponseTally[]) => number,
): readonly ResponseTally[] {
  const small = smallThatShow(
    [...groupBy(rows, ({ departmentCode }) => departmentCode)].map(([code, own]) => ({ code, n: nOf(own) })),
  );
  return rows.filter(({ departmentCode }) => !small.has(departmentCode));
}
