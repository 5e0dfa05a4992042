import Joi from 'joi';
import type { FieldError } from '../shared/domain-error.ts';
import { locales } from '../shared/localized-text.ts';
import type { Locale } from '../shared/localized-text.ts';
import { isCalendarDate } from '../shared/reporting-period.ts';
import { departmentKinds, hospitalCode, recipientRoles } from './department.ts';
import type { DepartmentDraft } from './department.ts';
import type { Merge } from './department-record.ts';
import type { Renaming } from './rename-department.ts';

/** Codes stand in addresses, QR codes and file names. */
export const departmentCodePattern = /^[a-z0-9][a-z0-9-]{1,30}$/;

/** Codes of nursing units, as the HIS writes them. */
export const nursingUnitCodePattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,30}$/;

// `hospital` stands for the whole hospital; these two are addresses beside `/admin/departments/:code`.
const addressWords = ['new', 'import'];
// Narrower than RFC 5321 on purpose: no quotes, commas, blanks, line breaks or non-ASCII can reach a mail header.
const plainAddress = /^[a-z0-9.!#$%&*+/=?^_{|}~-]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;
const oneLine = /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u;

const messages = {
  'string.pattern.base': '{{#label}} has a form that is not allowed',
  'string.email': '{{#label}} is not an e-mail address',
  'any.invalid': '{{#label}} is a word the service keeps for itself',
  'calendar.date': '{{#label}} must be a day that exists',
};

/** The shapes of departments, for requests and for files. */
export interface DepartmentSchemas {
  /** `{code}` in the path. */
  readonly params: Joi.ObjectSchema<{ code: string }>;
  /** A department without its code, as a request body. */
  readonly body: Joi.ObjectSchema<DepartmentBody>;
  /** A department with its code. */
  readonly draft: Joi.ObjectSchema<DepartmentDraft>;
  readonly renaming: Joi.ObjectSchema<Renaming>;
  readonly merge: Joi.ObjectSchema<Merge>;
  /** A file's `{departments: […]}`, or every fault in it with its pointer. */
  readonly checkFile: (
    value: unknown,
  ) => { readonly departments: readonly DepartmentDraft[] } | { readonly problems: readonly FieldError[] };
}

/** A department without its code. */
export type DepartmentBody = Omit<DepartmentDraft, 'code'>;

const day = Joi.string().custom((value: string, helpers) =>
  isCalendarDate(value) ? value : helpers.error('calendar.date'),
);
const name = Joi.string().trim().min(1).max(60).pattern(oneLine);
const localizedName = Joi.object(
  Object.fromEntries(locales.map((locale) => [locale, locale === 'zh-Hans' ? name.required() : name])),
);
const nursingUnit = Joi.object({
  code: Joi.string().pattern(nursingUnitCodePattern).required(),
  name: localizedName.required(),
  active: Joi.boolean().strict().default(true),
});

function fieldsOf(languages: readonly Locale[]) {
  const recipient = Joi.object({
    name: name.required(),
    role: Joi.string()
      .valid(...recipientRoles)
      .required(),
    email: Joi.string()
      .trim()
      .lowercase()
      .max(254)
      .email({ tlds: false, allowUnicode: false })
      .pattern(plainAddress)
      .required(),
    language: Joi.string()
      .valid(...languages)
      .required(),
  });
  return {
    name: localizedName.required(),
    kind: Joi.string()
      .valid(...departmentKinds)
      .required(),
    campus: localizedName.allow(null),
    nursingUnits: Joi.array().items(nursingUnit).max(100).unique('code'),
    from: day.allow(null),
    until: day.allow(null),
    active: Joi.boolean().strict().required(),
    recipients: Joi.array().items(recipient).max(10).unique('email').required(),
  };
}

const pointerOf = (path: readonly (string | number)[]): string => path.map((part) => `/${part}`).join('');

/** The shapes for a hospital whose scorecards can be written in some languages. */
export function createDepartmentSchemas(languages: readonly Locale[]): DepartmentSchemas {
  const code = Joi.string()
    .pattern(departmentCodePattern)
    .invalid(hospitalCode, ...addressWords)
    .required();
  const fields = fieldsOf(languages);
  const draft = Joi.object<DepartmentDraft>({ code, ...fields });
  const file = Joi.object<{ departments: readonly DepartmentDraft[] }>({
    departments: Joi.array().items(draft).min(1).max(2000).unique('code').required(),
  })
    .required()
    .messages(messages);
  return {
    params: Joi.object<{ code: string }>({ code }),
    body: Joi.object<DepartmentBody>(fields),
    draft,
    renaming: Joi.object<Renaming>({ name: localizedName.required(), from: day.required() }),
    merge: Joi.object<Merge>({ into: code, from: day.required() }),
    checkFile: (value) => {
      const result = file.validate(value, { abortEarly: false });
      if (!result.error) return result.value;
      const problems = result.error.details.map(({ path, message, type }) => ({
        pointer: pointerOf(path),
        detail: message,
        code: type.replaceAll('.', '_'),
      }));
      return { problems };
    },
  };
}

const typedText = Joi.string().allow('').max(200);

/** What the forms of a department's page send; whether it is right is judged where it is used, so that what was typed can be shown again. */
export const departmentForm = Joi.object<Readonly<Record<string, string>>>({
  _csrf: typedText,
  name: typedText,
  nameHant: typedText,
  nameEn: typedText,
  from: typedText,
  into: typedText,
  until: typedText,
});

const detailText = Joi.string().allow('').max(300);

/** What the form that adds a department, or changes its kind, campus, recipients and nursing units, sends. */
export const departmentDetailsForm = Joi.object<Readonly<Record<string, string>>>({
  _csrf: detailText,
  code: detailText,
  name: detailText,
  nameHant: detailText,
  nameEn: detailText,
  kind: detailText,
  campus: detailText,
  campusHant: detailText,
  campusEn: detailText,
  from: detailText,
  revision: Joi.string().pattern(/^\d{1,9}$/),
})
  .pattern(/^recipient-\d{1,2}-(?:name|role|email|language|remove)$/, detailText)
  .pattern(/^unit-\d{1,3}-(?:code|name|nameHant|nameEn|active|remove)$/, detailText);

/** What has just been done to a department, in the address of its page. */
export interface DepartmentDoneQuery {
  readonly done?: 'added' | 'saved';
}
/** One word, or nothing. */
export const departmentDoneQuery = Joi.object<DepartmentDoneQuery>({
  done: Joi.string().valid('added', 'saved'),
}).unknown();

/** A form of nothing but its token. */
export const emptyDepartmentForm = Joi.object({ _csrf: typedText });
