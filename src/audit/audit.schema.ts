import Joi from 'joi';
import { answer, anyText, listOf, maybe, moment, oneOf, orNull } from '../http/answer.schema.ts';
import { isCalendarDate } from '../shared/reporting-period.ts';
import { auditOutcomes } from './audit-event.ts';

const text = Joi.string().trim().max(400);
const day = Joi.string()
  .trim()
  .custom((value: string, helpers) => (isCalendarDate(value) ? value : helpers.error('calendar.date')));
/** An empty field of the page's form asks for nothing. */
const optional = (schema: Joi.StringSchema): Joi.Schema => schema.empty('');

const filter = {
  actor: optional(text),
  action: optional(text),
  subject: optional(text),
  outcome: optional(Joi.string().valid(...auditOutcomes)),
  requestId: optional(text),
  from: optional(day),
  until: optional(day),
};

/** What the export may be asked for. */
export const auditFilter = Joi.object(filter);

/** What the page may be asked for. */
export const auditPageQuery = Joi.object({ ...filter, cursor: optional(text) });

/** What the API may be asked for. */
export const auditListQuery = Joi.object({
  ...filter,
  cursor: optional(text),
  limit: Joi.number().integer().min(1).max(200).default(50),
});

/** One page of events. */
export const auditEventsAnswer: Joi.ObjectSchema = answer({
  items: listOf(
    answer({
      id: anyText,
      at: moment,
      actor: anyText,
      actorName: orNull(anyText),
      action: anyText,
      subject: anyText,
      outcome: oneOf(auditOutcomes),
      unfinished: Joi.boolean(),
      requestId: maybe(anyText),
      fields: maybe(listOf(anyText)),
      address: maybe(anyText),
    }),
  ),
  next: orNull(anyText),
});
