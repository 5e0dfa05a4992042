import Joi from 'joi';
import { answer, anyText, day, listOf, localized, oneOf, orNull } from '../http/answer.schema.ts';
import { locales } from '../shared/localized-text.ts';
import { departmentKinds, recipientRoles } from './department.ts';

/** Answer of `GET /api/v1/departments`. */
export const departmentListAnswer: Joi.ObjectSchema = answer({
  items: listOf(answer({ code: anyText, name: anyText })),
});

const recipient = answer({
  name: anyText,
  role: oneOf(recipientRoles),
  email: anyText,
  language: oneOf(locales),
});

/** One department as an administrator sees it: details, recipients, history. */
export const departmentAnswer: Joi.ObjectSchema = answer({
  code: anyText,
  name: localized,
  kind: oneOf(departmentKinds),
  active: Joi.boolean(),
  recipients: listOf(recipient),
  campus: orNull(localized),
  nursingUnits: listOf(answer({ code: anyText, name: localized, active: Joi.boolean() })),
  from: orNull(day),
  until: orNull(day),
  open: Joi.boolean(),
  revision: Joi.number().integer().min(1),
  names: listOf(answer({ from: day, name: localized })),
  merged: orNull(answer({ into: anyText, from: day })),
  mergedHere: listOf(answer({ code: anyText, from: day })),
});
