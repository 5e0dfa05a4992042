import type { FieldError } from '../shared/domain-error.ts';
import { cleanText, hasIllegalCharacters, maxTextLength, textLength } from '../survey-forms/answer-text.ts';
import type { SurveyForm } from '../survey-forms/survey-form.ts';

/** 表扬 as a client sends it: a colleague of the department by staff number, words, or both. */
export interface GivenPraise {
  readonly staffNumber?: string | undefined;
  readonly text?: string | undefined;
}

/** 表扬 as it is kept: beside the answers, never scored, in no tally. */
export interface Praise {
  readonly staffNumber: string | null;
  readonly text: string | null;
}

/** How often a colleague was praised. */
export interface PraiseCount {
  readonly staffNumber: string;
  readonly count: number;
}

/** A fault of praise, its words still to be looked up under `survey-responses:error`. */
export type PraiseFault = Omit<FieldError, 'detail'>;

/** The praise in its stored form; null when neither a colleague nor a word was given. */
export function cleanPraise(given: GivenPraise | undefined): Praise | null {
  const staffNumber = cleanText(given?.staffNumber);
  const text = cleanText(given?.text);
  return staffNumber === null && text === null ? null : { staffNumber, text };
}

/** What is wrong with praise: a form that does not ask for it, somebody who is not of the department, words too long or unreadable. */
export function praiseFaults(
  form: SurveyForm,
  given: GivenPraise | undefined,
  isColleague: (staffNumber: string) => boolean,
): readonly PraiseFault[] {
  const praise = cleanPraise(given);
  if (!praise) return [];
  if (!form.items.some(({ kind }) => kind === 'praise'))
    return [{ pointer: '/praise', code: 'praise_not_asked' }];
  const { staffNumber, text } = praise;
  const faults: PraiseFault[] = [];
  if (staffNumber !== null && !isColleague(staffNumber))
    faults.push({ pointer: '/praise/staffNumber', code: 'unknown_colleague' });
  if (text !== null && hasIllegalCharacters(text))
    faults.push({ pointer: '/praise/text', code: 'praise_illegal_characters' });
  if (text !== null && textLength(text) > maxTextLength)
    faults.push({ pointer: '/praise/text', code: 'praise_too_long' });
  return faults;
}
