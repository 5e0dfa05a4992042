import { groupBy } from '../shared/group-by.ts';
import { smallestThreshold } from '../statistics/small-numbers.ts';
import { suppressSplit } from '../statistics/suppression.ts';
import { fixedUnitOf } from '../survey-forms/survey-form.ts';
import type { CountedOption } from './item-tally.ts';

const validAnswers = (counted: readonly CountedOption[]): number =>
  counted.reduce((sum, { option, tally }) => (option.notApplicable ? sum : sum + tally.count), 0);

const isSmall = (n: number): boolean => n > 0 && n < smallestThreshold;

/**
 * The counts of one item that its hospital figure may be made of. Every department with 5 or more valid answers publishes its own
 * figure, so the hospital figure minus all of those is what the small departments answered: when these do not keep each
 * other's secret (one alone, or too few answers in all), their answers stay out. Items of a fixed unit are published for
 * no department, so nothing can be subtracted. Example: 100, 100 and 3 valid answers → the hospital figure has n = 200; 100, 4 and 3
 * → n = 107.
 */
export function hospitalCells(counted: readonly CountedOption[]): readonly CountedOption[] {
  const open = counted.filter(({ item }) => !item.confidential);
  const split = open.filter(({ item }) => fixedUnitOf(item) === null);
  const departments = [...groupBy(split, ({ tally }) => tally.departmentCode)].map(([code, rows]) => ({
    code,
    n: validAnswers(rows),
  }));
  const hidden = suppressSplit(departments.map(({ n }) => n));
  if (departments.every(({ n }, index) => hidden[index] === isSmall(n))) return open;
  const small = new Set(departments.filter(({ n }) => isSmall(n)).map(({ code }) => code));
  return open.filter(({ item, tally }) => fixedUnitOf(item) !== null || !small.has(tally.departmentCode));
}
