import type { Department } from '../departments/department.ts';
import type { FieldError } from '../shared/domain-error.ts';
import type { Locale } from '../shared/localized-text.ts';
import { textIn } from '../shared/localized-text.ts';
import type { SurveyForm, SurveyItem } from '../survey-forms/survey-form.ts';
import { answerers } from '../survey-responses/survey-response.ts';
import { keyedItems, optionNumbers } from './paper-sheet.ts';
import type { PaperSheetFields } from './paper-sheet.ts';

/** A question of the sheet: its number, its options numbered as on paper, and what was keyed. */
export interface PaperQuestion {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly text: string;
  readonly options: readonly string[];
  readonly value: string;
  readonly fault: string | null;
  /** Where keying begins: the day stays from the sheet before. */
  readonly first: boolean;
}

/** Praise: whom, picked by typing, and in which words. */
export interface PaperPraise {
  /** Null where the department has nobody to pick from. */
  readonly who: {
    readonly text: string;
    /** Lines that the field suggests while one types. */
    readonly colleagues: readonly string[];
    readonly value: string;
    readonly fault: string | null;
  } | null;
  readonly words: string;
  readonly fault: string | null;
}

/** The sheet as the page shows it. */
export interface PaperSheetView {
  readonly submissionId: string;
  readonly formId: string;
  readonly formVersion: number;
  readonly answeredOn: string;
  readonly answeredByChoices: readonly {
    readonly value: string;
    readonly label: string;
    readonly selected: boolean;
  }[];
  readonly questions: readonly PaperQuestion[];
  readonly comment: string;
  /** Null where the form asks for no praise. */
  readonly praise: PaperPraise | null;
  readonly errors: readonly { readonly text: string }[];
}

/** What a sheet is shown from. */
export interface PaperSheetInput {
  readonly form: SurveyForm;
  readonly fields: PaperSheetFields;
  /** Colleagues of the department, a line for each. */
  readonly colleagues: readonly string[];
  /** Faults with their words, by `/answers/<item>` and other pointers. */
  readonly errors: readonly Pick<FieldError, 'pointer' | 'detail'>[];
  readonly locale: Locale;
  readonly t: (key: string) => string;
}

/** `1 非常满意`, `2 满意` …; of a scale of numbers the numbers alone. */
function optionWords(item: SurveyItem, locale: Locale): readonly string[] {
  const numbers = optionNumbers(item);
  return item.options.map(({ text }, place) => {
    const number = String(numbers[place]);
    const words = textIn(text, locale);
    return words === number ? number : `${number} ${words}`;
  });
}

/** What was keyed stays although the list cannot be read or has become empty. */
function praiseView({ form, fields, colleagues, errors, locale }: PaperSheetInput): PaperPraise | null {
  const item = form.items.find(({ kind }) => kind === 'praise');
  if (!item) return null;
  const faultAt = (...pointers: string[]): string | null =>
    errors.find(({ pointer }) => pointers.includes(pointer))?.detail ?? null;
  const value = fields.praised ?? '';
  const shown = colleagues.length > 0 || value !== '';
  return {
    who: shown
      ? { text: textIn(item.text, locale), colleagues, value, fault: faultAt('/praise/staffNumber') }
      : null,
    words: fields.praise ?? '',
    fault: faultAt('/praise', '/praise/text'),
  };
}

/** The sheet, empty or as it was keyed. */
export function paperSheetView(input: PaperSheetInput): PaperSheetView {
  const { form, fields, errors, locale, t } = input;
  const items = keyedItems(form);
  const faultOf = (code: string): string | null =>
    errors.find(({ pointer }) => pointer === `/answers/${code}`)?.detail ?? null;
  const titleOf = (pointer: string): string => {
    const at = items.findIndex(({ code }) => pointer === `/answers/${code}`);
    return at === -1 ? '' : `${at + 1}. `;
  };
  return {
    submissionId: fields.submissionId,
    formId: form.id,
    formVersion: form.version,
    answeredOn: fields.answeredOn ?? '',
    answeredByChoices: ['', ...answerers].map((value) => ({
      value,
      label: t(`answeredBy.${value === '' ? 'unknown' : value}`),
      selected: value === (fields.answeredBy ?? ''),
    })),
    questions: items.map((item, index) => ({
      id: `answer-${item.code}`,
      name: `answer.${item.code}`,
      number: index + 1,
      text: textIn(item.text, locale),
      options: optionWords(item, locale),
      value: fields[`answer.${item.code}`] ?? '',
      fault: faultOf(item.code),
      first: index === 0 && (fields.answeredOn ?? '') !== '',
    })),
    comment: fields.comment ?? '',
    praise: praiseView(input),
    errors: errors.map(({ pointer, detail }) => ({ text: `${titleOf(pointer)}${detail}` })),
  };
}

/** The departments whose sheets somebody may key in. */
export function departmentChoices(
  departments: readonly Department[],
  chosen: string | undefined,
  locale: Locale,
): readonly { readonly value: string; readonly label: string; readonly selected: boolean }[] {
  return departments.map(({ code, name }) => {
    return { value: code, label: textIn(name, locale), selected: code === chosen };
  });
}
