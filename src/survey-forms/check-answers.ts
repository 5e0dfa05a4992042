import type { FieldError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { hasIllegalCharacters, maxTextLength, textLength } from './answer-text.ts';
import type { SurveyForm, SurveyItem } from './survey-form.ts';

/** What is checked, of whatever type it arrived: item code → option code or words, and the comment. */
export interface GivenAnswers {
  readonly answers: unknown;
  readonly comment?: unknown;
  /** Asked by a caller: whoever is asked may decline any question or hang up, and no answer is invented for them. */
  readonly mayDecline?: boolean;
}

/** More errors than any form has items tell nobody anything. */
const maxErrors = 100;

const textKeys = {
  unknown_item: 'survey-forms:answer.unknownItem',
  unknown_option: 'survey-forms:answer.unknownOption',
  required_missing: 'survey-forms:answer.requiredMissing',
  too_long: 'survey-forms:answer.tooLong',
  wrong_kind: 'survey-forms:answer.wrongKind',
  illegal_characters: 'survey-forms:answer.illegalCharacters',
} as const;

/** The rule an answer breaks. */
export type AnswerErrorCode = keyof typeof textKeys;

interface AnswerFault {
  readonly pointer: string;
  readonly code: AnswerErrorCode;
}

function pointerTo(itemCode: string): string {
  return `/answers/${itemCode.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function textFault(value: unknown): AnswerErrorCode | null {
  if (typeof value !== 'string') return 'wrong_kind';
  if (hasIllegalCharacters(value)) return 'illegal_characters';
  return textLength(value) > maxTextLength ? 'too_long' : null;
}

function answerFault(item: SurveyItem | undefined, value: unknown): AnswerErrorCode | null {
  if (!item) return 'unknown_item';
  if (item.kind === 'comment' || item.kind === 'praise' || typeof value !== 'string') return 'wrong_kind';
  if (item.kind === 'text') return textFault(value);
  return item.options.some(({ code }) => code === value) ? null : 'unknown_option';
}

function commentFault(form: SurveyForm, comment: unknown): AnswerErrorCode | null {
  if (comment === undefined || comment === null || comment === '') return null;
  return form.items.some(({ kind }) => kind === 'comment') ? textFault(comment) : 'unknown_item';
}

const itemsByCode = new WeakMap<SurveyForm, ReadonlyMap<string, SurveyItem>>();

/** The form's items by code, worked out once for each form: forms never change. */
function itemsOf(form: SurveyForm): ReadonlyMap<string, SurveyItem> {
  const known = itemsByCode.get(form);
  if (known) return known;
  const items = new Map(form.items.map((item) => [item.code, item]));
  itemsByCode.set(form, items);
  return items;
}

function missingFaults({ items }: SurveyForm, answers: object): AnswerFault[] {
  return items
    .filter(({ code, required }) => required && !Object.hasOwn(answers, code))
    .map(({ code }) => ({ pointer: pointerTo(code), code: 'required_missing' }));
}

function faultsOf(form: SurveyForm, given: GivenAnswers): AnswerFault[] {
  const { answers } = given;
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers))
    return [{ pointer: '/answers', code: 'wrong_kind' }];
  const items = itemsOf(form);
  const faults: AnswerFault[] = [];
  for (const [itemCode, value] of Object.entries(answers)) {
    const code = answerFault(items.get(itemCode), value);
    if (code !== null) faults.push({ pointer: pointerTo(itemCode), code });
  }
  if (given.mayDecline !== true) faults.push(...missingFaults(form, answers));
  const comment = commentFault(form, given.comment);
  if (comment !== null) faults.push({ pointer: '/comment', code: comment });
  return faults;
}

/**
 * Every answer that the form does not allow, at most 100, each with its pointer (`/answers/<item>`, `/comment`) and its
 * detail in the person's language, which never repeats what was given. Empty exactly when the answers are legal. Never
 * throws on any JSON value. A blank text is legal and is no answer.
 */
export function checkAnswers(
  form: SurveyForm,
  given: GivenAnswers,
  translate: Translate,
  locale: Locale,
): readonly FieldError[] {
  return faultsOf(form, given)
    .slice(0, maxErrors)
    .map(({ pointer, code }) => ({
      pointer,
      code,
      detail: translate(locale, textKeys[code], { max: maxTextLength }),
    }));
}
