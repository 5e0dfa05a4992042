import type { FieldError } from '../shared/domain-error.ts';
import { textIn } from '../shared/localized-text.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { SurveyForm } from '../survey-forms/survey-form.ts';
import type { PrivacyNotice } from '../privacy-notices/privacy-notice.ts';
import { colleagueChoices } from '../survey-responses/colleague-choices.view-model.ts';
import type { Colleague } from '../staff/staff-member.ts';
import { answerers } from '../survey-responses/survey-response.ts';
import type { AttemptFields } from './attempt-form.ts';
import { dispositionGroups, dispositionsOf, mayAgreeTime, ruleOf } from './disposition.ts';
import type { DispositionCode } from './disposition.ts';
import { interviewModel } from './interview.view-model.ts';
import type { InterviewModel, Typed } from './interview.view-model.ts';
import type { CallSheet } from './open-call-sheet.ts';
import { hoursText } from './worklist.view-model.ts';
import type { WordsDeps } from './worklist.view-model.ts';

/** What one showing of a call depends on. `fields` holds what was typed before, or the fresh ids of a new attempt. */
export interface CallPageInput {
  readonly locale: Locale;
  readonly sheet: CallSheet;
  readonly departmentName: string;
  readonly hospitalName: string;
  /** Who may be praised. */
  readonly colleagues: readonly Colleague[];
  readonly form: SurveyForm | null;
  /** Read out before the first question. */
  readonly notice: PrivacyNotice;
  readonly fields: AttemptFields;
  readonly errors: readonly FieldError[];
  /** What is wrong as a whole; empty when the errors say it all. */
  readonly problem: string;
}

/** A radio card. */
export interface ChoiceCard {
  readonly id: string;
  readonly code: string;
  readonly label: string;
  readonly hint: string;
  readonly checked: boolean;
  /** For the page's script: which fields make sense with this choice. */
  readonly interview: boolean;
  readonly agreesTime: boolean;
}

/** The model of `pages/follow-up-calls/call.html` without its frame. */
export interface CallPageModel {
  readonly callId: string;
  readonly patientName: string;
  /** Empty when there is none. */
  readonly phone: string;
  readonly telHref: string;
  /** Empty when there is none. */
  readonly contactPhone: string;
  readonly contactTelHref: string;
  readonly doctor: string;
  readonly nurse: string;
  readonly department: string;
  readonly nursingUnit: string;
  readonly dischargedOn: string;
  readonly closesOn: string;
  readonly history: readonly { readonly at: string; readonly result: string; readonly callBackAt: string }[];
  readonly notes: readonly string[];
  readonly groups: readonly {
    readonly code: string;
    readonly label: string;
    readonly cards: readonly ChoiceCard[];
  }[];
  readonly answerers: readonly ChoiceCard[];
  readonly interview: InterviewModel | null;
  /** 隐私告知 to read out, and its version. */
  readonly notice: { readonly version: string; readonly words: string };
  readonly hours: string;
  readonly fields: {
    readonly attemptId: string;
    readonly submissionId: string;
    readonly startedAt: string;
    readonly note: string;
    readonly callBackAt: string;
    readonly redFlag: boolean;
    readonly noFurtherCalls: boolean;
  };
  readonly hasErrors: boolean;
  readonly problem: string;
  readonly errors: readonly { readonly href: string; readonly text: string }[];
  readonly errorOf: {
    readonly disposition: string;
    readonly interview: string;
    readonly note: string;
    readonly callBackAt: string;
  };
}

/** Where the link of a fault leads: the field, or the form when the fault is of no field. */
function anchorOf(pointer: string): string {
  const answer = /^\/interview\/answers\/(.+)$/.exec(pointer);
  if (answer) return `#answer-${answer[1]}`;
  const [field = ''] = pointer.replace(/^\/(interview\/)?/, '').split('/');
  return `#${['disposition', 'interview', 'note', 'callBackAt', 'comment', 'praise'].includes(field) ? field : 'attempt'}`;
}

/** Each fault as a link to its field; the fault of an answer names its question. */
function errorLinks(
  { locale, form, errors }: CallPageInput,
  { translate }: WordsDeps,
): CallPageModel['errors'] {
  return errors.map(({ pointer, detail }) => {
    const code = /^\/interview\/answers\/(.+)$/.exec(pointer)?.[1];
    const item = form?.items.find((one) => one.code === code);
    const text = item
      ? translate(locale, 'follow-up-calls:call.errorOfItem', { item: textIn(item.label, locale), detail })
      : detail;
    return { href: anchorOf(pointer), text };
  });
}

/** A phone number in groups, as one reads it out: `138 1234 1234`. */
function spaced(phone: string): string {
  return /^1\d{10}$/.test(phone) ? `${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}` : phone;
}

function interviewOf(
  { form, locale, hospitalName, sheet, colleagues }: CallPageInput,
  typed: Typed,
  { translate }: WordsDeps,
): InterviewModel | null {
  const picked = typed.fieldOf('praise.staffNumber');
  return (
    form &&
    interviewModel(form, locale, typed, {
      hospital: hospitalName,
      patient: sheet.patientName,
      labelOf: (key) => translate(locale, `follow-up-calls:script.${key}`),
      colleagues: colleagueChoices(colleagues, picked, { locale, translate }),
    })
  );
}

/** The page of one call in words: the only model that holds a name and a phone number. */
export function callPageModel(input: CallPageInput, deps: WordsDeps): CallPageModel {
  const { locale, sheet, fields, errors } = input;
  const t = (key: string): string => deps.translate(locale, `follow-up-calls:${key}`);
  const fieldOf = (name: string): string => String(fields[name] ?? '');
  const errorAt = (pointer: string): string =>
    errors.find((error) => error.pointer === pointer)?.detail ?? '';
  const card = (code: DispositionCode): ChoiceCard => ({
    id: `disposition-${code}`,
    code,
    label: t(`disposition.${code}`),
    hint: t(`dispositionHint.${code}`),
    checked: fieldOf('disposition') === code,
    interview: ruleOf(code).interview !== 'refused',
    agreesTime: mayAgreeTime(code),
  });
  return {
    ...whoAndWhen(input, deps),
    groups: dispositionGroups.map((group) => ({
      code: group,
      label: t(`group.${group}`),
      cards: dispositionsOf(group).map(card),
    })),
    answerers: answerers.map((code) => ({
      id: `answeredBy-${code}`,
      code,
      label: t(`answeredBy.${code}`),
      hint: '',
      checked: (fieldOf('answeredBy') || 'patient') === code,
      interview: true,
      agreesTime: false,
    })),
    interview: interviewOf(input, { fieldOf, errorAt }, deps),
    notice: { version: input.notice.version, words: textIn(input.notice.spoken, locale) },
    hours: hoursText(deps, locale),
    notes: sheet.notes,
    fields: {
      attemptId: fieldOf('attemptId'),
      submissionId: fieldOf('submissionId'),
      startedAt: fieldOf('startedAt'),
      note: fieldOf('note'),
      callBackAt: fieldOf('callBackAt'),
      redFlag: fieldOf('redFlag') === 'yes',
      noFurtherCalls: fieldOf('noFurtherCalls') === 'yes',
    },
    hasErrors: errors.length > 0 || input.problem !== '',
    problem: input.problem,
    errors: errorLinks(input, deps),
    errorOf: {
      disposition: errorAt('/disposition'),
      interview: errorAt('/interview'),
      note: errorAt('/note'),
      callBackAt: errorAt('/callBackAt'),
    },
  };
}

function whoAndWhen(
  { locale, sheet, departmentName }: CallPageInput,
  { translate, time }: WordsDeps,
): Pick<
  CallPageModel,
  | 'callId'
  | 'patientName'
  | 'phone'
  | 'telHref'
  | 'contactPhone'
  | 'contactTelHref'
  | 'doctor'
  | 'nurse'
  | 'department'
  | 'nursingUnit'
  | 'dischargedOn'
  | 'closesOn'
  | 'history'
> {
  const { call } = sheet;
  return {
    callId: call.id,
    patientName: sheet.patientName,
    phone: spaced(sheet.phone ?? ''),
    telHref: `tel:${sheet.phone ?? ''}`,
    contactPhone: spaced(sheet.contactPhone ?? ''),
    contactTelHref: `tel:${sheet.contactPhone ?? ''}`,
    doctor: sheet.doctor ?? '',
    nurse: sheet.nurse ?? '',
    department: departmentName,
    nursingUnit: sheet.nursingUnit ?? '',
    dischargedOn: call.dischargedOn,
    closesOn: call.closesOn,
    history: call.attempts.map(({ startedAt, disposition, callBackAt }) => ({
      at: time.format(startedAt),
      result: translate(locale, `follow-up-calls:disposition.${disposition}`),
      callBackAt: callBackAt ? time.format(callBackAt) : '',
    })),
  };
}
