import Joi from 'joi';
import { answer, anyText, count, listOf, moment, oneOf, orNull } from '../http/answer.schema.ts';
import { locales } from '../shared/localized-text.ts';

/** One row of the ledger. */
export const deliveryAnswer: Joi.ObjectSchema = answer({
  id: anyText,
  period: anyText,
  departmentCode: anyText,
  revision: count,
  recipient: answer({
    name: anyText,
    email: anyText,
    language: oneOf(locales),
    role: oneOf(['department-head', 'head-nurse', 'other']),
  }),
  state: oneOf(['queued', 'sending', 'accepted', 'failed', 'unknown']),
  sending: count,
  attempts: listOf(
    answer({
      n: count,
      messageId: anyText,
      startedAt: moment,
      endedAt: orNull(moment),
      outcome: oneOf(['sending', 'accepted', 'rejected', 'unknown', 'unavailable']),
      reply: orNull(anyText),
    }),
  ),
  reason: orNull(anyText),
  nextAttemptAt: moment,
  leaseUntil: orNull(moment),
});

/** A month's rows, and the departments whose scorecard nobody gets. */
export const deliveriesAnswer: Joi.ObjectSchema = answer({
  period: anyText,
  closed: Joi.boolean(),
  deliveries: listOf(deliveryAnswer),
  withoutRecipients: listOf(anyText),
});
