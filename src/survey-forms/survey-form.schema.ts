import Joi from 'joi';
import { locales } from '../shared/localized-text.ts';
import { isCalendarDate } from '../shared/reporting-period.ts';
import type { Fault } from './form-problem.ts';
import type { SurveyFormFile } from './survey-form-file.ts';
import { dimensions } from './survey-form.ts';

const text = Joi.object(
  Object.fromEntries(
    locales.map((locale) => [locale, locale === 'zh-Hans' ? Joi.string().required() : Joi.string()]),
  ),
);
const flag = Joi.boolean();
const order = Joi.valid('worst-first', 'best-first');

const option = Joi.object({
  code: Joi.string().required(),
  text: text.required(),
  score: Joi.number().allow(null),
  satisfied: flag,
  topBox: flag,
  notApplicable: flag,
});

const unfolding = Joi.object({
  question: text.required(),
  branches: Joi.array()
    .items(
      Joi.object({
        text: text.required(),
        question: text.allow(null).required(),
        options: Joi.array().items(Joi.string()).min(1).required(),
      }),
    )
    .min(2)
    .required(),
});

const optionSet = Joi.object({
  stem: Joi.array().items(Joi.string()).min(1),
  order,
  options: Joi.array().items(option).required(),
  unfolding,
});

const situation = Joi.object({ say: text.required(), afterwards: text.required() }).required();

const script = Joi.object({
  greeting: text.required(),
  introduction: text.required(),
  promise: text.required(),
  now: text.required(),
  consent: text.required(),
  notNow: text.required(),
  refusal: text.required(),
  complaint: situation,
  redFlag: situation,
  closing: text.required(),
});

const item = Joi.object({
  code: Joi.string().required(),
  kind: Joi.valid('choice', 'text', 'praise', 'comment').required(),
  dimension: Joi.valid(...dimensions).required(),
  responsibleUnit: Joi.alternatives(
    Joi.valid('department', 'nursing-unit'),
    Joi.object({ fixed: Joi.string().required(), name: text.required() }),
  ).required(),
  required: flag,
  appliesToAll: flag,
  confidential: flag,
  scored: flag,
  text: text.required(),
  label: text.required(),
  script: text,
  optionSet: Joi.string(),
  order,
  options: Joi.array().items(option),
  notApplicable: Joi.object({ code: Joi.string().required(), text: text.required() }),
  unfolding,
})
  .nand('optionSet', 'options')
  .nand('optionSet', 'order');

const fileSchema = Joi.object<SurveyFormFile>({
  id: Joi.string().required(),
  version: Joi.number().integer().min(1).required(),
  patientGroup: Joi.string().required(),
  patientGroupName: text.required(),
  effectiveFrom: Joi.string()
    .custom((value: string, helpers) => (isCalendarDate(value) ? value : helpers.error('date.day')))
    .message('{{#label}} must be a day such as 2026-01-01')
    .required(),
  title: text.required(),
  introduction: text.required(),
  satisfiedRule: text.required(),
  script,
  optionSets: Joi.object().pattern(Joi.string(), optionSet),
  items: Joi.array().items(item).min(1).required(),
}).required();

/** A parsed file in its shape, or everything that is wrong with the shape. */
export type ShapedFile =
  | { readonly ok: true; readonly file: SurveyFormFile }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Checks the shape of a survey form file and reports all faults at once; nothing is converted. Never throws. */
export function shapeSurveyFormFile(value: unknown): ShapedFile {
  const result = fileSchema.validate(value, {
    abortEarly: false,
    convert: false,
    errors: { wrap: { label: false } },
  });
  if (!result.error) return { ok: true, file: result.value };
  const faults = result.error.details.map(({ path, message }) => ({
    pointer: path.map((part) => `/${part}`).join(''),
    code: 'shape',
    message: `${message}.`,
  }));
  return { ok: false, faults };
}
