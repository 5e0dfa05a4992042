import Joi from 'joi';

/** Which revision of a scorecard; the newest without it. `lang` is read by the language links. */
export const scorecardQuery = Joi.object({
  revision: Joi.number().integer().min(1).max(9999),
  lang: Joi.string().max(20),
});

/** Which month the list shows, and which one was closed just now. */
export const scorecardListQuery = Joi.object({
  period: Joi.string().max(20),
  closed: Joi.string().max(20),
  lang: Joi.string().max(20),
});

/** The button that closes a month. */
export const closeForm = Joi.object({ _csrf: Joi.string() });
