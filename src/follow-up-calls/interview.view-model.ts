import { textIn } from '../shared/localized-text.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { SurveyForm, SurveyItem, SurveyOption } from '../survey-forms/survey-form.ts';
import type { ColleagueOption } from '../survey-responses/colleague-choices.view-model.ts';
import { scriptModel } from './script.view-model.ts';
import type { ScriptModel, SpokenNames } from './script.view-model.ts';

/** One answer, as a radio button. */
export interface InterviewOption {
  readonly id: string;
  /** Option code; in a first step with several options behind it, their codes with blanks between. */
  readonly code: string;
  readonly text: string;
  readonly checked: boolean;
  /** Number of the second question this answer leads to; null when it is the whole answer. */
  readonly leadsTo: number | null;
}

/** The second question that an answer to the first one leads to. */
export interface SecondQuestion {
  readonly number: number;
  readonly question: string;
  readonly options: readonly InterviewOption[];
}

/** One item as the nurse reads it out. */
export interface InterviewItem {
  readonly id: string;
  /** Field of the answer in one step, or of the second step. */
  readonly name: string;
  readonly isChoice: boolean;
  readonly required: boolean;
  /** What the caller says. */
  readonly words: string;
  /** Field of the first step. */
  readonly firstName: string;
  /** The question that offers the first answers; empty when the words above do. */
  readonly firstQuestion: string;
  /** What is read out first; never more than three answers and "not applicable". */
  readonly options: readonly InterviewOption[];
  readonly seconds: readonly SecondQuestion[];
  readonly value: string;
  readonly error: string;
  /** Colleagues to pick from; null where an item has none. */
  readonly colleagues: readonly ColleagueOption[] | null;
}

/** The interview of a call, in one language. */
export interface InterviewModel {
  readonly formId: string;
  readonly formVersion: number;
  readonly script: ScriptModel;
  readonly items: readonly InterviewItem[];
}

/** What was typed and what is wrong with it. */
export interface Typed {
  readonly fieldOf: (name: string) => string;
  readonly errorAt: (pointer: string) => string;
}

/** What fills the script in, and whom one may praise. */
export interface InterviewWords extends SpokenNames {
  readonly colleagues: readonly ColleagueOption[];
}

interface Drawing {
  readonly id: string;
  readonly locale: Locale;
  /** What was chosen in the first and in the second step. */
  readonly first: string;
  readonly answer: string;
}

function optionModel({ code, text }: SurveyOption, { id, locale, answer }: Drawing): InterviewOption {
  return { id: `${id}-${code}`, code, text: textIn(text, locale), checked: answer === code, leadsTo: null };
}

/** The first step: 满意, 一般, 不满意, and what stands outside the scale. */
function firstOptions(item: SurveyItem, drawing: Drawing): readonly InterviewOption[] {
  const { id, locale, first, answer } = drawing;
  const branches = item.unfolding?.branches ?? [];
  const reached = new Set(branches.flatMap(({ options }) => options));
  const steps = branches.map(({ text, question, options }, index) => ({
    id: `${id}-step-${index + 1}`,
    code: options.join(' '),
    text: textIn(text, locale),
    checked: first === '' ? options.includes(answer) : first === options.join(' '),
    leadsTo: question === null ? null : index + 1,
  }));
  const chosen = steps.length > 0 && first !== '' ? first : answer;
  const rest = item.options
    .filter(({ code }) => !reached.has(code))
    .map((option) => optionModel(option, { ...drawing, answer: chosen }));
  return [...steps, ...rest];
}

function secondQuestions(item: SurveyItem, drawing: Drawing): readonly SecondQuestion[] {
  const branches = item.unfolding?.branches ?? [];
  return branches.flatMap(({ question, options }, index) =>
    question === null
      ? []
      : [
          {
            number: index + 1,
            question: textIn(question, drawing.locale),
            options: item.options
              .filter(({ code }) => options.includes(code))
              .map((option) => optionModel(option, drawing)),
          },
        ],
  );
}

/** Id and field of an item: comment and praise are sent beside the answers. */
function placeOf({ kind, code }: SurveyItem): { readonly id: string; readonly name: string } {
  if (kind === 'comment') return { id: kind, name: kind };
  if (kind === 'praise') return { id: kind, name: 'praise.text' };
  return { id: `answer-${code}`, name: `answer.${code}` };
}

function errorOf({ kind, code }: SurveyItem, { errorAt }: Typed): string {
  if (kind === 'comment') return errorAt('/interview/comment');
  if (kind !== 'praise') return errorAt(`/interview/answers/${code}`);
  return ['', '/staffNumber', '/text'].map((part) => errorAt(`/interview/praise${part}`)).join('');
}

function itemModel(item: SurveyItem, locale: Locale, typed: Typed, words: InterviewWords): InterviewItem {
  const { id, name } = placeOf(item);
  const firstName = item.unfolding ? `step.${item.code}` : name;
  const value = typed.fieldOf(name);
  const drawing = { id, locale, first: item.unfolding ? typed.fieldOf(firstName) : '', answer: value };
  return {
    id,
    name,
    isChoice: item.kind === 'choice',
    required: item.required,
    words: textIn(item.script ?? item.text, locale),
    firstName,
    firstQuestion: item.unfolding ? textIn(item.unfolding.question, locale) : '',
    options: firstOptions(item, drawing),
    seconds: secondQuestions(item, drawing),
    value,
    error: errorOf(item, typed),
    colleagues: item.kind === 'praise' && words.colleagues.length > 0 ? words.colleagues : null,
  };
}

/** The form as it is read out, with what was already typed. */
export function interviewModel(
  form: SurveyForm,
  locale: Locale,
  typed: Typed,
  words: InterviewWords,
): InterviewModel {
  return {
    formId: form.id,
    formVersion: form.version,
    script: scriptModel(form, locale, words),
    items: form.items.map((item) => itemModel(item, locale, typed, words)),
  };
}
