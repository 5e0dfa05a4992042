import type { SurveyItem, SurveyOption } from './survey-form.ts';

/** What an option means for the figures. */
export type OptionFigures = Pick<SurveyOption, 'score' | 'satisfied' | 'topBox' | 'notApplicable'>;

/** Option code → what it means for the figures: by code, so the order of the options does not matter. */
export function optionFigures(item: Pick<SurveyItem, 'options'>): ReadonlyMap<string, OptionFigures> {
  return new Map(
    item.options.map(({ code, score, satisfied, topBox, notApplicable }) => [
      code,
      { score, satisfied, topBox, notApplicable },
    ]),
  );
}
