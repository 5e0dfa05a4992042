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

interface Answered {
  readonly item: SurveyItem;
  readonly value: string;
}

function choicesOf(answered: readonly Answered[], confidential: boolean): readonly Choice[] {
  return answered
    .filter(({ item }) => item.kind === 'choice' && item.confidential === confidential)
    .map(({ item, value }) => ({ item: item.code, option: value }));
}

/** Scored, not confidential and not N/A. */
function isValid({ item, value }: Answered): boolean {
  const option = item.options.find(({ code }) => code === value);
  return item.scored && !item.confidential && option !== undefined && !option.notApplicable;
}

/** The items that decide completeness: open choices that every patient can answer. */
function decides(item: SurveyItem): boolean {
  return item.kind === 'choice' && item.appliesToAll && !item.confidential;
}

/**
 * Sorts answers that `checkAnswers` found legal; what the form does not know is ignored. Complete: at least half of the
 * open choice items that apply to all are answered, N/A counting as answered.
 */
export function classifyAnswers(
  form: SurveyForm,
  answers: Readonly<Record<string, string>>,
): ClassifiedAnswers {
  const answered = form.items.flatMap((item): Answered[] => {
    const value = Object.hasOwn(answers, item.code) ? answers[item.code] : undefined;
    return value === undefined ? [] : [{ item, value }];
  });
  return {
    answers: choicesOf(answered, false),
    confidentialAnswers: choicesOf(answered, true),
    texts: answered.flatMap(({ item, value }) => {
      const text = item.kind === 'text' ? cleanText(value) : null;
      return text === null ? [] : [{ item: item.code, text }];
    }),
    completeness: completeness(
      answered.filter(({ item }) => decides(item)).length,
      form.items.filter((item) => decides(item)).length,
    ),
    validDimensions: [...new Set(answered.filter(isValid).map(({ item }) => dimensionPart(item)))].toSorted(),
  };
}
