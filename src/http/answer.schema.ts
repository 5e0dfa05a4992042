import Joi from 'joi';
import { locales } from '../shared/localized-text.ts';

// A field that says of itself that it may be missing stays so.
function present(schema: Joi.Schema): Joi.Schema {
  const { presence } = (schema.describe().flags ?? {}) as { presence?: string };
  return presence === 'optional' ? schema : schema.required();
}

/** The shape of an answer: every field is there. Fields may be added later, so a client must pass over those it does not know. */
export function answer(fields: Readonly<Record<string, Joi.Schema>>): Joi.ObjectSchema {
  const shape = Object.entries(fields).map(([name, schema]) => [name, present(schema)] as const);
  return Joi.object(Object.fromEntries(shape)).unknown(true);
}

/** A field that may be missing. */
export const maybe = (schema: Joi.Schema): Joi.Schema => schema.optional();

/** A value or null. */
export const orNull = (schema: Joi.Schema): Joi.Schema => schema.allow(null);

/** A list of one kind of thing. */
export const listOf = (item: Joi.Schema): Joi.ArraySchema => Joi.array().items(item);

/** Any text, also an empty one. */
export const anyText: Joi.StringSchema = Joi.string().allow('');

/** One of some words. */
export const oneOf = (words: readonly string[]): Joi.StringSchema => Joi.string().valid(...words);

/** A moment in UTC, `2026-10-20T00:00:00.000Z`. */
export const moment: Joi.StringSchema = Joi.string().isoDate();

/** A day of the hospital, `2026-10-31`. */
export const day: Joi.StringSchema = Joi.string().pattern(/^\d{4}-\d{2}-\d{2}$/);

/** A whole number from 0 on. */
export const count: Joi.NumberSchema = Joi.number().integer().min(0);

/** A ratio from 0 to 1. */
export const ratio: Joi.NumberSchema = Joi.number().min(0).max(1);

/** A text in some of the languages of the service. */
export const localized: Joi.ObjectSchema = Joi.object(
  Object.fromEntries(locales.map((locale) => [locale, locale === 'zh-Hans' ? anyText.required() : anyText])),
);
