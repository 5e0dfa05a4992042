import Joi from 'joi';
import type { Locale } from '../shared/localized-text.ts';
import { locales } from '../shared/localized-text.ts';
import { isCalendarDate } from '../shared/reporting-period.ts';
import type { PrivacyNotice } from './privacy-notice.ts';

function textIn(languages: readonly Locale[], max: number): Joi.ObjectSchema {
  const words = Joi.string().trim().min(1).max(max);
  const needed = (locale: Locale): boolean => locale === 'zh-Hans' || languages.includes(locale);
  return Joi.object(
    Object.fromEntries(locales.map((locale) => [locale, needed(locale) ? words.required() : words])),
  ).required();
}

function noticeSchema(languages: readonly Locale[]): Joi.ObjectSchema<PrivacyNotice> {
  return Joi.object<PrivacyNotice>({
    version: Joi.string()
      .pattern(/^[\w.-]{1,32}$/)
      .invalid('current')
      .required(),
    inForceFrom: Joi.string()
      .custom((value: string, helpers) => (isCalendarDate(value) ? value : helpers.error('any.invalid')))
      .required(),
    summary: textIn(languages, 200),
    spoken: textIn(languages, 300),
    paragraphs: Joi.array()
      .items(Joi.object({ heading: textIn(languages, 60), text: textIn(languages, 1000) }))
      .min(1)
      .max(12)
      .required(),
  });
}

/** The notice a file holds, in each of the hospital's languages. Throws an Error that names the file and all its faults. */
export function readPrivacyNotice(
  { name, value }: { readonly name: string; readonly value: unknown },
  languages: readonly Locale[],
): PrivacyNotice {
  const result = noticeSchema(languages).validate(value, { abortEarly: false });
  if (result.error) throw new Error(`Privacy notice ${name}: ${result.error.message}`);
  return result.value;
}

/** Path of a notice: its version, or `current`. */
export const noticeParams = Joi.object({
  version: Joi.string()
    .pattern(/^[\w.-]{1,32}$/)
    .required(),
});
