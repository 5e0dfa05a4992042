import { groupBy } from '../shared/group-by.ts';
import { dimensions } from '../survey-forms/survey-form.ts';
import type { Dimension } from '../survey-forms/survey-form.ts';
import type { ResponseTally } from '../survey-responses/survey-response.ts';
import type { GroupCounts, SectionUnit } from './group-counts.ts';
import { hospitalResponses } from './hospital-cells.ts';
import { byItem, compositeOf, itemResult } from './item-result.ts';
import type { UntestedItem } from './item-result.ts';
import { dimensionN } from './item-tally.ts';
import type { DimensionResult, ScorecardSection } from './scorecard.ts';

/** A section before any comparison with last month. */
export type UntestedSection = Omit<ScorecardSection, 'items'> & { readonly items: readonly UntestedItem[] };

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

/** A dimension's n of a unit, and the hospital's beside it. */
function dimensionNs(
  group: GroupCounts,
  unit: SectionUnit,
  dimension: Dimension,
): { readonly n: number; readonly hospital: number } {
  const nOf = (rows: readonly ResponseTally[]): number => dimensionN(rows, dimension, unit.code, unit.scope);
  if (unit.scope === 'hospital') {
    const n = nOf(hospitalResponses(group.responses, nOf));
    return { n, hospital: n };
  }
  const n = nOf(group.responsesOf(unit));
  // What all patients say of a fixed unit is published for no department: nothing can be subtracted from it.
  const hospital = unit.scope === 'fixed-unit' ? nOf(group.responses) : (group.hospitalN.get(dimension) ?? 0);
  return { n, hospital };
}

function dimensionResults(
  items: readonly UntestedItem[],
  group: GroupCounts,
  unit: SectionUnit,
): readonly DimensionResult[] {
  return dimensions.flatMap((dimension) => {
    const own = items.filter((item) => item.dimension === dimension && item.meanScore !== null);
    if (own.length === 0) return [];
    const { n, hospital } = dimensionNs(group, unit, dimension);
    return [
      {
        dimension,
        n,
        itemCodes: own.map(({ code }) => code),
        ...compositeOf(own),
        hospital: { n: hospital, ...compositeOf(own.map((item) => item.hospital)) },
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

function itemsOf(group: GroupCounts, unit: SectionUnit): readonly UntestedItem[] {
  return [...byItem(group.countedOf(unit))].flatMap(([code, own]) => {
    const hospital = group.hospitalItems.get(code);
    const counted = unit.scope === 'hospital' ? hospital?.counted : own;
    const first = counted?.[0];
    return first && counted && hospital ? [itemResult(first.item, counted, hospital.figures)] : [];
  });
}

/** The section of one patient group and scope, or null when nobody of the group answered. */
export function buildSection(group: GroupCounts, unit: SectionUnit): UntestedSection | null {
  const items = itemsOf(group, unit);
  if (unit.scope === 'fixed-unit' && items.length === 0) return null;
  const rows = group.responsesOf(unit);
  if (rows.length === 0) return null;
  return {
    patientGroup: group.patientGroup,
    patientGroupName: group.form.patientGroupName,
    scope: unit.scope,
    forms: formsOf(rows),
    satisfiedRule: group.form.satisfiedRule,
    responses: responseCounts(rows),
    dimensions: dimensionResults(items, group, unit),
    items,
  };
}
