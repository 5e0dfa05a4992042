import type { SurveyForm, SurveyItem } from '../survey-forms/survey-form.ts';
import type { AnsweredBy, Submission } from '../survey-responses/survey-response.ts';

/** A sheet as it is keyed in: `answer.<item>` is the number of the option that is ticked, or the words of a text. */
export interface PaperSheetFields {
  /** The page's token, checked before anything is read. */
  readonly _csrf?: string;
  readonly submissionId: string;
  readonly formId: string;
  readonly formVersion: number;
  readonly answeredOn?: string;
  readonly answeredBy?: AnsweredBy | '';
  readonly comment?: string;
  /** Whom the patient praised: staff number, name, or a line of the list. */
  readonly praised?: string;
  /** The words of praise. */
  readonly praise?: string;
  /** How many sheets have been saved before this one. */
  readonly saved?: number;
  readonly [answer: `answer.${string}`]: string | undefined;
}

/** What is keyed in: choices by number, texts as they are. */
export function keyedItems({ items }: SurveyForm): readonly SurveyItem[] {
  return items.filter(({ kind }) => kind === 'choice' || kind === 'text');
}

/**
 * The numbers to key for the options of an item, in the order of the paper: of a scale of numbers, such as 0–10, the numbers
 * themselves, else 1, 2, 3 and so on.
 */
export function optionNumbers({ options }: SurveyItem): readonly number[] {
  const words = options.map(({ text }) => text['zh-Hans']);
  const isScale = words.every((word) => /^\d{1,2}$/.test(word));
  return words.map((word, place) => (isScale ? Number(word) : place + 1));
}

/** The option a number means; undefined for any other text. Full-width digits count. */
function optionAt(item: SurveyItem, keyed: string): string | undefined {
  const digits = keyed.normalize('NFKC').trim();
  const place = /^\d{1,2}$/.test(digits) ? optionNumbers(item).indexOf(Number(digits)) : -1;
  return item.options[place]?.code;
}

/** The answers a sheet means, and the items whose number is none of their options. */
export function readPaperSheet(
  form: SurveyForm,
  fields: PaperSheetFields,
): { readonly answers: Readonly<Record<string, string>>; readonly faults: readonly string[] } {
  const keyed = keyedItems(form).flatMap((item) => {
    const text = fields[`answer.${item.code}`] ?? '';
    if (text.trim() === '') return [];
    return [{ code: item.code, answer: item.kind === 'text' ? text : optionAt(item, text) }];
  });
  return {
    answers: Object.fromEntries(
      keyed.flatMap(({ code, answer }) => (answer === undefined ? [] : [[code, answer]])),
    ),
    faults: keyed.filter(({ answer }) => answer === undefined).map(({ code }) => code),
  };
}

/** Whether a form asks whom to praise. */
export function asksForPraise({ items }: SurveyForm): boolean {
  return items.some(({ kind }) => kind === 'praise');
}

/** The submission a sheet means; `praised` is the staff number of whom it praises. */
export function paperSubmission(
  fields: PaperSheetFields,
  departmentCode: string,
  answers: Readonly<Record<string, string>>,
  praised: string | undefined,
): Submission {
  const { submissionId, formId, formVersion, answeredOn, answeredBy, comment, praise } = fields;
  return {
    submissionId,
    formId,
    formVersion,
    departmentCode,
    mode: 'paper',
    answers,
    ...(answeredOn ? { answeredOn } : {}),
    ...(answeredBy ? { answeredBy } : {}),
    ...(comment?.trim() ? { comment } : {}),
    ...(praised || praise?.trim() ? { praise: { staffNumber: praised, text: praise } } : {}),
  };
}
