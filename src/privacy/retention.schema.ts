import type Joi from 'joi';
import { answer, anyText, count, listOf, moment, oneOf, orNull } from '../http/answer.schema.ts';
import { retainedKinds } from './retention.ts';

/** Answer of `GET /api/v1/retention`. */
export const retentionAnswer: Joi.ObjectSchema = answer({
  kinds: listOf(
    answer({
      kind: oneOf(retainedKinds),
      days: count,
      oldest: orNull(anyText),
      tonight: count,
      within7: count,
      within30: count,
      lastEnded: orNull(count),
    }),
  ),
  lastRun: orNull(moment),
});
