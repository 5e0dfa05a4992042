import { groupBy } from '../shared/group-by.ts';
import type { ItemFigures } from '../statistics/item-score.ts';
import { dimensions, fixedUnitOf } from '../survey-forms/survey-form.ts';
import type { Dimension, SurveyForm } from '../survey-forms/survey-form.ts';
import type { ResponseTally } from '../survey-responses/survey-response.ts';
import { hospitalCells, hospitalResponses } from './hospital-cells.ts';
import { byItem, figuresOf } from './item-result.ts';
import { dimensionN, namesFixedUnit } from './item-tally.ts';
import type { CountedOption } from './item-tally.ts';
import type { SectionScope } from './scorecard.ts';

/** A month's counts of the whole hospital, joined with the forms. */
export interface MonthCounts {
  readonly counted: readonly CountedOption[];
  readonly responses: readonly ResponseTally[];
}

/** Whose section is built: a department's own, a fixed unit's, or the hospital's. */
export interface SectionUnit {
  readonly code: string;
  readonly scope: SectionScope;
}

/** What the hospital's figure of one item is made of, and the figure. */
export interface HospitalItem {
  readonly counted: readonly CountedOption[];
  readonly figures: ItemFigures;
}

/** One patient group's counts in order, made once: each of 60 departments takes its own and the same hospital figures. */
export interface GroupCounts {
  readonly patientGroup: string;
  /** The newest form of the group. */
  readonly form: SurveyForm;
  readonly responses: readonly ResponseTally[];
  /** The counts behind a unit's section of that scope. Confidential items are in none. */
  readonly countedOf: (unit: SectionUnit) => readonly CountedOption[];
  /** The responses that may be behind a unit's section of that scope. */
  readonly responsesOf: (unit: SectionUnit) => readonly ResponseTally[];
  readonly hospitalItems: ReadonlyMap<string, HospitalItem>;
  /** The hospital's n of a dimension as it stands beside a department's own. */
  readonly hospitalN: ReadonlyMap<Dimension, number>;
}

function countedByUnit(open: readonly CountedOption[]): GroupCounts['countedOf'] {
  const own = groupBy(
    open.filter(({ item }) => fixedUnitOf(item) === null),
    ({ tally }) => tally.departmentCode,
  );
  const fixed = groupBy(open, ({ item }) => fixedUnitOf(item));
  return ({ code, scope }) => {
    if (scope === 'hospital') return open;
    return (scope === 'own' ? own : fixed).get(code) ?? [];
  };
}

function responsesByUnit(all: readonly ResponseTally[]): GroupCounts['responsesOf'] {
  const own = groupBy(all, ({ departmentCode }) => departmentCode);
  return ({ code, scope }) => {
    if (scope === 'hospital') return all;
    return scope === 'own' ? (own.get(code) ?? []) : all.filter((row) => namesFixedUnit(row, code));
  };
}

function hospitalNOf(all: readonly ResponseTally[], dimension: Dimension): number {
  const nOf = (rows: readonly ResponseTally[]): number => dimensionN(rows, dimension, '', 'own');
  return nOf(hospitalResponses(all, nOf));
}

/** Puts a month's counts of one patient group in order, in one pass over them. */
export function groupCounts(
  month: MonthCounts,
  { patientGroup, form }: { readonly patientGroup: string; readonly form: SurveyForm },
): GroupCounts {
  const open = month.counted.filter(
    ({ tally, item }) => tally.patientGroup === patientGroup && !item.confidential,
  );
  const responses = month.responses.filter((row) => row.patientGroup === patientGroup);
  return {
    patientGroup,
    form,
    responses,
    countedOf: countedByUnit(open),
    responsesOf: responsesByUnit(responses),
    hospitalItems: new Map(
      [...byItem(open)].map(([code, all]) => {
        const counted = hospitalCells(all);
        return [code, { counted, figures: figuresOf(counted) }];
      }),
    ),
    hospitalN: new Map(dimensions.map((dimension) => [dimension, hospitalNOf(responses, dimension)])),
  };
}
