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
  readonly asksForPraise: boolean;
  readonly comment: string;
  readonly praise: string;
  readonly errors: readonly { readonly text: string }[];
}

/** What a sheet is shown from. */
export interface PaperSheetInput {
  readonly form: SurveyForm;
  readonly fields: PaperSheetFields;
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

/** The sheet, empty or as it was keyed. */
export function paperSheetView({ form, fields, errors, locale, t }: PaperSheetInput): PaperSheetView {
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
    asksForPraise: form.items.some(({ kind }) => kind === 'praise'),
    comment: fields.comment ?? '',
    praise: fields.praise ?? '',
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
