import Joi from 'joi';

/** Path of one contact. */
export const contactParams = Joi.object({ id: Joi.string().hex().length(64).required() });

/** Form with nothing but its token. */
export const contactForm = Joi.object({ _csrf: Joi.string().max(500) });
