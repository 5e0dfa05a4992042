import { completeness } from '../statistics/completeness.ts';
import { cleanText } from './answer-text.ts';
import { dimensionPart } from './survey-form.ts';
import type { SurveyForm, SurveyItem } from './survey-form.ts';

/** One answered choice item. */
interface Choice {
  readonly item: string;
  readonly option: string;
}

/** Answers sorted to where a response keeps them, in the order of the form's items. */
export interface ClassifiedAnswers {
  readonly answers: readonly Choice[];
  readonly confidentialAnswers: readonly Choice[];
  /** Cleaned words of text items; blank ones are left out. */
  readonly texts: readonly { readonly item: string; readonly text: string }[];
  readonly completeness: 'complete' | 'partial';
  /** Parts (`service`, `service@billing`: see `dimensionPart`) with at least one valid answer, sorted. */
  readonly validDimensions: readonly string[];
}

/** What classifying asks of an item, worked out once for each form: forms never change. */
interface ItemPlan {
  readonly item: SurveyItem;
  readonly part: string;
  /** An open choice that every patient can answer: such items decide completeness. */
  readonly decides: boolean;
  /** Options that make the item's dimension part count: scored, not confidential, not N/A. */
  readonly valid: ReadonlySet<string>;
}

const plans = new WeakMap<SurveyForm, readonly ItemPlan[]>();

function planOf(item: SurveyItem): ItemPlan {
  const counts = item.scored && !item.confidential;
  return {
    item,
    part: dimensionPart(item),
    decides: item.kind === 'choice' && item.appliesToAll && !item.confidential,
    valid: new Set(
      counts ? item.options.filter(({ notApplicable }) => !notApplicable).map(({ code }) => code) : [],
    ),
  };
}

function plansOf(form: SurveyForm): readonly ItemPlan[] {
  const known = plans.get(form);
  if (known) return known;
  const made = form.items.map(planOf);
  plans.set(form, made);
  return made;
}

/**
 * Sorts answers that `checkAnswers` found legal; what the form does not know is ignored. Complete: at least half of the
 * open choice items that apply to all are answered, N/A counting as answered.
 */
export function classifyAnswers(
  form: SurveyForm,
  answers: Readonly<Record<string, string>>,
): ClassifiedAnswers {
  const open: Choice[] = [];
  const confidential: Choice[] = [];
  const texts: { readonly item: string; readonly text: string }[] = [];
  const parts = new Set<string>();
  let decided = 0;
  let deciding = 0;
  for (const { item, part, decides, valid } of plansOf(form)) {
    if (decides) deciding += 1;
    const value = Object.hasOwn(answers, item.code) ? answers[item.code] : undefined;
    if (value === undefined) continue;
    if (decides) decided += 1;
    if (valid.has(value)) parts.add(part);
    if (item.kind === 'choice')
      (item.confidential ? confidential : open).push({ item: item.code, option: value });
    else texts.push(...textOf(item, value));
  }
  return {
    answers: open,
    confidentialAnswers: confidential,
    texts,
    completeness: completeness(decided, deciding),
    validDimensions: [...parts].toSorted(),
  };
}

function textOf(
  item: SurveyItem,
  value: string,
): readonly { readonly item: string; readonly text: string }[] {
  const text = item.kind === 'text' ? cleanText(value) : null;
  return text === null ? [] : [{ item: item.code, text }];
}
