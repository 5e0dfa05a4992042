import { textIn } from '../shared/localized-text.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { SurveyForm, SurveyItem, SurveyOption } from '../survey-forms/survey-form.ts';

/** One option of an item, as a radio button. */
export interface InterviewOption {
  readonly id: string;
  readonly code: string;
  readonly text: string;
  readonly checked: boolean;
}

/** Options that are read out together; where the scale is unfolded, after the answer to the first question. */
export interface InterviewBranch {
  /** The answer to the first question; empty where there is only one question. */
  readonly answer: string;
  /** The second question; empty when the first says it all. */
  readonly question: string;
  readonly options: readonly InterviewOption[];
}

/** One item as the nurse reads it out. */
export interface InterviewItem {
  readonly id: string;
  readonly name: string;
  readonly isChoice: boolean;
  readonly required: boolean;
  /** What the caller says. */
  readonly words: string;
  readonly branches: readonly InterviewBranch[];
  readonly value: string;
  readonly error: string;
}

/** The interview of a call, in one language. */
export interface InterviewModel {
  readonly formId: string;
  readonly formVersion: number;
  readonly script: string;
  readonly closingScript: string;
  readonly items: readonly InterviewItem[];
}

/** What was typed and what is wrong with it. */
export interface Typed {
  readonly fieldOf: (name: string) => string;
  readonly errorAt: (pointer: string) => string;
}

function branchesOf(
  item: SurveyItem,
  locale: Locale,
  optionOf: (option: SurveyOption) => InterviewOption,
): readonly InterviewBranch[] {
  const unfolded = item.unfolding?.branches ?? [];
  const reached = new Set(unfolded.flatMap(({ options }) => options));
  const branches = unfolded.map(({ text, question, options }) => ({
    answer: textIn(text, locale),
    question: question ? textIn(question, locale) : '',
    options: item.options.filter(({ code }) => options.includes(code)).map(optionOf),
  }));
  const rest = item.options.filter(({ code }) => !reached.has(code)).map(optionOf);
  return rest.length === 0 ? branches : [...branches, { answer: '', question: '', options: rest }];
}

function itemModel(item: SurveyItem, locale: Locale, typed: Typed): InterviewItem {
  const isComment = item.kind === 'comment';
  const name = isComment ? 'comment' : `answer.${item.code}`;
  const id = isComment ? 'comment' : `answer-${item.code}`;
  const value = typed.fieldOf(name);
  return {
    id,
    name,
    isChoice: item.kind === 'choice',
    required: item.required,
    words: textIn(item.script ?? item.text, locale),
    branches: branchesOf(item, locale, ({ code, text }) => ({
      id: `${id}-${code}`,
      code,
      text: textIn(text, locale),
      checked: value === code,
    })),
    value,
    error: typed.errorAt(isComment ? '/interview/comment' : `/interview/answers/${item.code}`),
  };
}

/** The form as it is read out, with what was already typed. */
export function interviewModel(form: SurveyForm, locale: Locale, typed: Typed): InterviewModel {
  return {
    formId: form.id,
    formVersion: form.version,
    script: textIn(form.script ?? form.introduction, locale),
    closingScript: form.closingScript ? textIn(form.closingScript, locale) : '',
    items: form.items.map((item) => itemModel(item, locale, typed)),
  };
}
