import Joi from 'joi';
import type { FieldError } from '../shared/domain-error.ts';
import { locales } from '../shared/localized-text.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { Department } from './department.ts';

/** Codes stand in addresses, QR codes and file names. */
export const departmentCodePattern = /^[a-z0-9][a-z0-9-]{1,30}$/;

// Narrower than RFC 5321 on purpose: no quotes, commas, blanks, line breaks or non-ASCII can reach a mail header.
const plainAddress = /^[a-z0-9.!#$%&*+/=?^_{|}~-]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;
const oneLine = /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u;

const messages = {
  'string.pattern.base': '{{#label}} has a form that is not allowed',
  'string.email': '{{#label}} is not an e-mail address',
};

/** The shapes of departments, for requests and for files. */
export interface DepartmentSchemas {
  /** `{code}` in the path. */
  readonly params: Joi.ObjectSchema<{ code: string }>;
  /** A department without its code, as a request body. */
  readonly body: Joi.ObjectSchema<Omit<Department, 'code'>>;
  /** A file's `{departments: […]}`, or every fault in it with its pointer. */
  readonly checkFile: (
    value: unknown,
  ) => { readonly departments: readonly Department[] } | { readonly problems: readonly FieldError[] };
}

function fieldsOf(languages: readonly Locale[]) {
  const name = Joi.string().trim().min(1).max(60).pattern(oneLine);
  const recipient = Joi.object({
    name: name.required(),
    role: Joi.string().valid('department-head', 'head-nurse', 'other').required(),
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
    name: Joi.object(
      Object.fromEntries(locales.map((locale) => [locale, locale === 'zh-Hans' ? name.required() : name])),
    ).required(),
    kind: Joi.string().valid('clinical', 'technical', 'window', 'administrative').required(),
    active: Joi.boolean().strict().required(),
    recipients: Joi.array().items(recipient).max(10).unique('email').required(),
  };
}

const pointerOf = (path: readonly (string | number)[]): string => path.map((part) => `/${part}`).join('');

/** The shapes for a hospital whose scorecards can be written in some languages. */
export function createDepartmentSchemas(languages: readonly Locale[]): DepartmentSchemas {
  const code = Joi.string().pattern(departmentCodePattern).required();
  const fields = fieldsOf(languages);
  const file = Joi.object<{ departments: readonly Department[] }>({
    departments: Joi.array()
      .items(Joi.object({ code, ...fields }))
      .min(1)
      .max(2000)
      .unique('code')
      .required(),
  })
    .required()
    .messages(messages);
  return {
    params: Joi.object<{ code: string }>({ code }),
    body: Joi.object<Omit<Department, 'code'>>(fields),
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
