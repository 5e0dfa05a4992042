import { groupBy } from '../shared/group-by.ts';
import { dimensions } from '../survey-forms/survey-form.ts';
import type { SurveyForm } from '../survey-forms/survey-form.ts';
import type { ResponseTally } from '../survey-responses/survey-response.ts';
import { hospitalCells, hospitalResponses } from './hospital-cells.ts';
import { belongs, dimensionN, responsesBelong } from './item-tally.ts';
import type { CountedOption } from './item-tally.ts';
import { byItem, compositeOf, itemResult } from './item-result.ts';
import type { UntestedItem } from './item-result.ts';
import type { DimensionResult, ScorecardSection, SectionScope } from './scorecard.ts';

/** A section before any comparison with last month. */
export type UntestedSection = Omit<ScorecardSection, 'items'> & { readonly items: readonly UntestedItem[] };

/** A month's counts of the whole hospital, joined with the forms. */
export interface MonthCounts {
  readonly counted: readonly CountedOption[];
  readonly responses: readonly ResponseTally[];
}

const sum = (rows: readonly ResponseTally[]): number => rows.reduce((total, { count }) => total + count, 0);

function responseCounts(rows: readonly ResponseTally[]): ScorecardSection['responses'] {
  const complete = rows.filter(({ completeness }) => completeness === 'complete');
  const groups = groupBy(complete, ({ mode, verification }) => `${mode}/${verification}`);
  const byMode = [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ mode: first.mode, verification: first.verification, n: sum(group) }] : [];
  });
  return {
    complete: sum(complete),
    partial: sum(rows) - sum(complete),
    byMode: byMode.toSorted((a, b) => b.n - a.n || (a.mode < b.mode ? -1 : 1)),
  };
}

function dimensionResults(
  items: readonly UntestedItem[],
  rows: readonly ResponseTally[],
  hospitalRows: readonly ResponseTally[],
  unit: { readonly code: string; readonly scope: SectionScope },
): readonly DimensionResult[] {
  return dimensions.flatMap((dimension) => {
    const own = items.filter((item) => item.dimension === dimension && item.meanScore !== null);
    if (own.length === 0) return [];
    const nOf = (counted: readonly ResponseTally[]): number =>
      dimensionN(counted, dimension, unit.code, unit.scope);
    // What all patients say of a fixed unit is published for no department: nothing can be subtracted from it.
    const mayCount = unit.scope === 'fixed-unit' ? hospitalRows : hospitalResponses(hospitalRows, nOf);
    return [
      {
        dimension,
        n: nOf(unit.scope === 'hospital' ? mayCount : rows),
        itemCodes: own.map(({ code }) => code),
        ...compositeOf(own),
        hospital: {
          n: nOf(mayCount),
          ...compositeOf(own.map(({ hospital }) => hospital)),
        },
      },
    ];
  });
}

function formsOf(rows: readonly ResponseTally[]): ScorecardSection['forms'] {
  const forms = new Map(
    rows.map(({ formId, formVersion }) => [`${formId}@${formVersion}`, { formId, formVersion }] as const),
  );
  return [...forms.values()].toSorted(
    (a, b) => a.formId.localeCompare(b.formId) || a.formVersion - b.formVersion,
  );
}

/** The section of one patient group and scope, or null when nobody of the group answered. */
export function buildSection(
  month: MonthCounts,
  group: { readonly patientGroup: string; readonly form: SurveyForm },
  unit: { readonly code: string; readonly scope: SectionScope },
): UntestedSection | null {
  const inGroup = month.counted.filter(({ tally }) => tally.patientGroup === group.patientGroup);
  const hospitalRows = month.responses.filter(({ patientGroup }) => patientGroup === group.patientGroup);
  const rows = hospitalRows.filter((row) => responsesBelong(row, unit.code, unit.scope));
  const hospitalItems = new Map(
    [...byItem(inGroup)].map(([code, counted]) => [code, hospitalCells(counted)]),
  );
  const ownItems = byItem(inGroup.filter((one) => belongs(one, unit.code, unit.scope)));
  const items = [...ownItems].flatMap(([code, own]) => {
    const hospital = hospitalItems.get(code) ?? [];
    const counted = unit.scope === 'hospital' ? hospital : own;
    const [first] = counted;
    return first ? [itemResult(first.item, counted, hospital)] : [];
  });
  if (rows.length === 0 || (unit.scope === 'fixed-unit' && items.length === 0)) return null;
  return {
    patientGroup: group.patientGroup,
    patientGroupName: group.form.patientGroupName,
    scope: unit.scope,
    forms: formsOf(rows),
    satisfiedRule: group.form.satisfiedRule,
    responses: responseCounts(rows),
    dimensions: dimensionResults(items, rows, hospitalRows, unit),
    items,
  };
}
