import Joi from 'joi';
import { reasonLimits } from './revision-reason.ts';

// Control characters have no place in the subject of a mail; line breaks of a text box are made spaces later.
const plainText = Joi.string()
  .trim()
  .pattern(/^(?:\P{Cc}|[\n\r\t])*$/u);
const base = Joi.number().integer().min(1).max(9999);
const longestTyped = 20_000;

/** `POST …/revisions`: why, and which revision was looked at. */
export const revisionBody = Joi.object({
  reason: plainText.min(reasonLimits.min).max(reasonLimits.max).required(),
  base,
});

/** The form of the page: a reason that is too short or too long comes back with what was typed. */
export const revisionForm = Joi.object({
  _csrf: Joi.string(),
  reason: plainText.allow('').max(longestTyped).default(''),
  base: base.required(),
});

/** Which revision was made by the request before. */
export const lateAnswersQuery = Joi.object({
  revised: Joi.number().integer().min(1).max(9999),
  lang: Joi.string().max(20),
});
