import type {
  SurveyForm,
  SurveyFormCatalogue,
  SurveyItem,
  SurveyOption,
} from '../survey-forms/survey-form.ts';
import type { ItemTally, PeriodTally, ResponseTally } from '../survey-responses/survey-response.ts';
import type { SectionScope } from './scorecard.ts';

/** One option's count together with what the answered version says of item and option. */
export interface CountedOption {
  readonly form: SurveyForm;
  readonly item: SurveyItem;
  readonly option: SurveyOption;
  readonly tally: ItemTally;
}

/**
 * Joins a month's counts with the versions they were answered on. Throws when a version, item or option is missing: a
 * figure that leaves answers out without saying so would be wrong.
 */
export function joinForms(tally: PeriodTally, catalogue: SurveyFormCatalogue): readonly CountedOption[] {
  return tally.items.map((row) => {
    const form = catalogue.find(row.formId, row.formVersion);
    const item = form?.items.find(({ code }) => code === row.item);
    const option = item?.options.find(({ code }) => code === row.option);
    if (!form || !item || !option) {
      throw new Error(
        `Answers refer to ${row.formId}@${row.formVersion} ${row.item}=${row.option}, which no form has.`,
      );
    }
    return { form, item, option, tally: row };
  });
}

/** Whether some of these responses answered an item that a fixed unit answers for. */
export function namesFixedUnit(row: ResponseTally, unit: string): boolean {
  return row.validDimensions.some((part) => part.endsWith(`@${unit}`));
}

/** How many complete responses have a valid item of the dimension within the scope: the dimension's n. */
export function dimensionN(
  rows: readonly ResponseTally[],
  dimension: string,
  unit: string,
  scope: SectionScope,
): number {
  const counts = (part: string): boolean => {
    if (scope === 'own') return part === dimension;
    if (scope === 'fixed-unit') return part === `${dimension}@${unit}`;
    return part === dimension || part.startsWith(`${dimension}@`);
  };
  return rows
    .filter(
      ({ completeness, validDimensions }) => completeness === 'complete' && validDimensions.some(counts),
    )
    .reduce((sum, { count }) => sum + count, 0);
}
