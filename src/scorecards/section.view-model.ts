import { textIn } from '../shared/localized-text.ts';
import {
  cautionText,
  hospitalText,
  noValue,
  percentText,
  rateBar,
  say,
  scoreText,
} from './figure.view-model.ts';
import type { RateBarView, ViewContext } from './figure.view-model.ts';
import { itemView } from './item.view-model.ts';
import type { ItemView } from './item.view-model.ts';
import type { PresentedDimension, PresentedResponses, PresentedSection } from './presented-scorecard.ts';

/** One dimension in words. */
export interface DimensionView extends RateBarView {
  readonly name: string;
  readonly n: string;
  readonly satisfied: string;
  readonly topBox: string;
  readonly meanScore: string;
  readonly hospital: string;
  readonly caution: string;
  /** Says when items were left out; else empty. */
  readonly leftOut: string;
}

/** One patient group in words. */
export interface SectionView {
  readonly heading: string;
  readonly responses: string;
  readonly partial: string;
  readonly modes: readonly { readonly label: string; readonly n: string }[];
  /** Whether the hospital stands beside: not where the section is of the whole hospital itself. */
  readonly showHospital: boolean;
  /** Empty where none has enough answers for a percentage: then the items' counts say all there is. */
  readonly dimensions: readonly DimensionView[];
  readonly items: readonly ItemView[];
  readonly satisfiedRule: string;
}

function dimensionRate({ level, satisfied }: PresentedDimension, context: ViewContext): string {
  if (level === 'hidden') return say(context, 'figure.tooFew');
  if (level === 'counts') return say(context, 'figure.seeItems');
  return percentText(satisfied?.value ?? null, context);
}

function dimensionView(dimension: PresentedDimension, context: ViewContext): DimensionView {
  const { level, n, satisfied, topBox, leftOut } = dimension;
  return {
    ...rateBar(satisfied, context),
    name: say(context, `dimension.${dimension.dimension}`),
    n: n === null ? say(context, 'figure.withheld') : String(n),
    satisfied: dimensionRate(dimension, context),
    topBox: topBox ? percentText(topBox.value, context) : noValue,
    meanScore: scoreText(dimension.meanScore, context),
    hospital: hospitalText(dimension.hospital, context),
    caution: cautionText(level, context),
    leftOut: leftOut > 0 && satisfied ? say(context, 'figure.leftOut', { count: leftOut }) : '',
  };
}

function responsesText({ level, responses }: PresentedSection, context: ViewContext): string {
  if (level === 'none') return say(context, 'responses.none');
  if (responses.complete === null) return say(context, 'responses.hidden');
  return say(context, context.digits === 0 ? 'responses.atLeast' : 'responses.complete', {
    n: responses.complete,
  });
}

function partialText({ partial }: PresentedResponses, context: ViewContext): string {
  if (partial === 0 || context.digits === 0) return '';
  return partial === null
    ? say(context, 'responses.partialHidden')
    : say(context, 'responses.partial', { n: partial });
}

/** One patient group in words. */
export function sectionView(section: PresentedSection, context: ViewContext): SectionView {
  const group = textIn(section.patientGroupName, context.locale);
  return {
    heading: say(context, `section.${section.scope}`, { group }),
    responses: responsesText(section, context),
    partial: partialText(section.responses, context),
    modes: section.responses.byMode.map(({ mode, verification, n }) => ({
      label: say(context, 'responses.mode', {
        mode: say(context, `mode.${mode}`),
        verification: say(context, `verification.${verification}`),
      }),
      n: n === null ? say(context, 'figure.withheld') : String(n),
    })),
    showHospital: section.scope === 'own',
    dimensions: section.dimensions.some(({ satisfied }) => typeof satisfied?.value === 'number')
      ? section.dimensions.map((dimension) => dimensionView(dimension, context))
      : [],
    items: section.items.map((item) => itemView(item, context)),
    satisfiedRule: textIn(section.satisfiedRule, context.locale),
  };
}
