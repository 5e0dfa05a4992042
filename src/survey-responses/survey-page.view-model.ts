import type { FieldError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import { textIn } from '../shared/localized-text.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { Colleague } from '../staff/staff-member.ts';
import { maxTextLength } from '../survey-forms/answer-text.ts';
import { estimateLength } from '../survey-forms/form-length.ts';
import type { SurveyForm, SurveyItem } from '../survey-forms/survey-form.ts';
import { answerers } from './survey-response.ts';
import { colleagueChoices } from './colleague-choices.view-model.ts';
import type { ColleagueOption } from './colleague-choices.view-model.ts';
import { contactView } from './contact.view-model.ts';
import type { ContactView } from './contact.view-model.ts';
import type { SurveyPageFields } from './survey-page-fields.ts';
import { noticeView } from './notice.view-model.ts';
import type { NoticeView } from './notice.view-model.ts';
import type { PrivacyNotice } from '../privacy-notices/privacy-notice.ts';

/** One answer to tap. */
export interface OptionView {
  readonly id: string;
  readonly code: string;
  readonly text: string;
  readonly checked: boolean;
  /** N/A: it stands apart from the scale. */
  readonly aside: boolean;
}

/** One question card. */
export interface QuestionView {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly text: string;
  readonly required: boolean;
  readonly confidential: boolean;
  readonly error: string | null;
  /** Id of the place an error leads to. */
  readonly focusId: string;
  /** Options to tap; null for a question answered in words. */
  readonly options: readonly OptionView[] | null;
  /** First and last number of a scale of numbers, or null. */
  readonly scale: { readonly low: string; readonly high: string } | null;
  /** Colleagues to pick from; null where a question has none. */
  readonly colleagues: readonly ColleagueOption[] | null;
  readonly value: string;
  readonly maxLength: number;
}

/** The form page without its frame. */
export interface SurveyPage {
  readonly heading: string;
  /** Title of the window: it says first that something must be corrected, for that is what a screen reader reads first. */
  readonly pageTitle: string;
  readonly introduction: string;
  /** How long it takes, in words. */
  readonly time: string;
  readonly departmentName: string;
  /** Says that the department whose code was scanned is part of this one now, or null. */
  readonly movedText: string | null;
  readonly action: string;
  readonly submissionId: string;
  readonly ticket: string;
  readonly formId: string;
  readonly formVersion: number;
  readonly contact: ContactView;
  readonly notice: NoticeView;
  /** Whether the words may be published; null where the form asks for none. */
  readonly publication: { readonly checked: boolean } | null;
  readonly questions: readonly QuestionView[];
  readonly total: number;
  /** One line for each fault, with the place to mend it. */
  readonly errors: readonly { readonly href: string; readonly text: string }[];
  /** Why the answers are not stored just now, or null. */
  readonly notStored: string | null;
}

/** What a form page is made from. */
export interface SurveyPageInput {
  readonly form: SurveyForm;
  readonly departmentName: string;
  /** Whether the code that was scanned is that of a department merged into this one. */
  readonly moved: boolean;
  readonly action: string;
  /** What was typed; a fresh page has only its new submission id. */
  readonly fields: Pick<SurveyPageFields, 'submissionId'> & Partial<SurveyPageFields>;
  /** A new one each time the page is made. */
  readonly ticket: string;
  /** Days until a contact is erased. */
  readonly contactDays: number;
  readonly notice: PrivacyNotice;
  /** Whom a patient of the department may pick to praise. */
  readonly colleagues: readonly Colleague[];
  readonly errors: readonly FieldError[];
  /** Why nothing could be stored although nothing is wrong with the answers. */
  readonly notStored: 'busy' | 'too-many' | null;
  readonly locale: Locale;
  readonly translate: Translate;
}

function isNumberScale({ options }: SurveyItem): boolean {
  const scale = options.filter(({ notApplicable }) => !notApplicable);
  return scale.length > 6 && scale.every(({ text }) => /^\d{1,2}$/.test(text['zh-Hans']));
}

const pointerOf = ({ kind, code }: SurveyItem): string =>
  kind === 'comment' || kind === 'praise' ? `/${kind}` : `/answers/${code}`;

const isOf = (item: SurveyItem, { pointer }: FieldError): boolean =>
  pointer === pointerOf(item) || pointer.startsWith(`${pointerOf(item)}/`);

const nameOf = ({ kind, code }: SurveyItem): 'comment' | 'praise.text' | `answer.${string}` =>
  kind === 'comment' ? 'comment' : kind === 'praise' ? 'praise.text' : `answer.${code}`;

function scaleOf(item: SurveyItem, locale: Locale): QuestionView['scale'] {
  if (!isNumberScale(item)) return null;
  const scale = item.options.filter(({ notApplicable }) => !notApplicable);
  const [low, high] = [scale[0], scale.at(-1)];
  return low && high ? { low: textIn(low.text, locale), high: textIn(high.text, locale) } : null;
}

function colleagueOptions({
  colleagues,
  fields,
  locale,
  translate,
}: SurveyPageInput): QuestionView['colleagues'] {
  const options = colleagueChoices(colleagues, fields['praise.staffNumber'] ?? '', { locale, translate });
  return options.length === 0 ? null : options;
}

function questionOf(item: SurveyItem, number: number, input: SurveyPageInput): QuestionView {
  const { fields, errors, locale } = input;
  const id = `q-${item.code}`;
  const name = nameOf(item);
  const value = fields[name] ?? '';
  const colleagues = item.kind === 'praise' ? colleagueOptions(input) : null;
  const options = item.options.map((option, index): OptionView => ({
    id: `${id}-${index + 1}`,
    code: option.code,
    text: textIn(option.text, locale),
    checked: option.code === value,
    aside: option.notApplicable,
  }));
  return {
    id,
    name,
    number,
    text: textIn(item.text, locale),
    required: item.required,
    confidential: item.confidential,
    error: errors.find((error) => isOf(item, error))?.detail ?? null,
    focusId: options[0]?.id ?? (colleagues ? `${id}-who` : `${id}-text`),
    options: item.kind === 'choice' ? options : null,
    scale: scaleOf(item, locale),
    colleagues,
    value,
    maxLength: maxTextLength,
  };
}

function answererQuestion(number: number, { fields, locale, translate }: SurveyPageInput): QuestionView {
  return {
    id: 'answered-by',
    name: 'answeredBy',
    number,
    text: translate(locale, 'survey-responses:answeredBy.question'),
    required: false,
    confidential: false,
    error: null,
    focusId: 'answered-by-1',
    options: answerers.map((code, index) => ({
      id: `answered-by-${index + 1}`,
      code,
      text: translate(locale, `survey-responses:answeredBy.${code}`),
      checked: fields.answeredBy === code,
      aside: false,
    })),
    scale: null,
    colleagues: null,
    value: '',
    maxLength: maxTextLength,
  };
}

function errorLine(
  error: FieldError,
  form: SurveyForm,
  questions: readonly QuestionView[],
): SurveyPage['errors'][number] {
  const index = form.items.findIndex((item) => isOf(item, error));
  const question = questions[index];
  if (error.pointer.startsWith('/contact')) return { href: '#contact-reach-at', text: error.detail };
  return question
    ? { href: `#${question.focusId}`, text: `${question.number}. ${question.text} ${error.detail}` }
    : { href: '#survey', text: error.detail };
}

function notStoredText({ notStored, locale, translate }: SurveyPageInput): string | null {
  if (notStored === null) return null;
  return translate(locale, `survey-responses:form.${notStored === 'busy' ? 'notStored' : 'tooMany'}`);
}

/** Everything the form page shows, with what was typed and what is wrong in its place. */
export function surveyPage(input: SurveyPageInput): SurveyPage {
  const { form, locale, fields, translate } = input;
  const heading = textIn(form.title, locale);
  const prefix =
    input.errors.length > 0 ? `${translate(locale, 'survey-responses:form.errorPrefix')} · ` : '';
  const items = form.items.map((item, index) => questionOf(item, index + 1, input));
  const questions = [...items, answererQuestion(items.length + 1, input)];
  return {
    heading,
    pageTitle: prefix + heading,
    introduction: textIn(form.introduction, locale),
    time: translate(
      locale,
      `survey-responses:form.facts.${estimateLength(form).seconds < 60 ? 'shortTime' : 'time'}`,
    ),
    departmentName: input.departmentName,
    movedText: input.moved
      ? translate(locale, 'survey-responses:form.moved', { department: input.departmentName })
      : null,
    action: input.action,
    submissionId: fields.submissionId,
    ticket: input.ticket,
    formId: form.id,
    formVersion: form.version,
    contact: contactView(input),
    notice: noticeView(input.notice, locale),
    publication: form.items.some(({ kind }) => kind !== 'choice')
      ? { checked: fields.mayPublish === 'yes' }
      : null,
    questions,
    total: questions.length,
    errors: input.errors.map((error) => errorLine(error, form, items)),
    notStored: notStoredText(input),
  };
}
