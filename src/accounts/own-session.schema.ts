import Joi from 'joi';
import { answer, anyText, count, listOf, moment, oneOf } from '../http/answer.schema.ts';

/** Path of one of the own sessions. */
export const sessionParams = Joi.object({ sessionId: Joi.string().max(128).required() });

/** What the page of the own account has just done. */
export interface OwnAccountQuery {
  readonly notice?: string;
}
/** A word of the page's own; others are passed over. */
export const ownAccountQuery = Joi.object<OwnAccountQuery>({ notice: Joi.string().max(40) }).unknown();

/** Answer of `GET /api/v1/sessions`. */
export const ownSessionsAnswer: Joi.ObjectSchema = answer({
  sessions: listOf(
    answer({
      id: anyText,
      current: Joi.boolean(),
      startedAt: moment,
      lastSeenAt: moment,
      browser: anyText,
      system: anyText,
      kind: oneOf(['desktop', 'mobile', 'tablet', 'other']),
      address: anyText,
    }),
  ),
});

/** Answer of `DELETE /api/v1/sessions`. */
export const endedAnswer: Joi.ObjectSchema = answer({ ended: count });
