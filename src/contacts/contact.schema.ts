import Joi from 'joi';

/** Which page of the list is asked for. */
export interface ContactQuery {
  readonly after?: string;
}

/** Path of one contact. */
export const contactParams = Joi.object({ id: Joi.string().hex().length(64).required() });

/** Which page of the list: after which contact it begins. */
export const contactQuery = Joi.object<ContactQuery>({ after: Joi.string().hex().length(64).empty('') });

/** Form with nothing but its token. */
export const contactForm = Joi.object({ _csrf: Joi.string().max(500) });
