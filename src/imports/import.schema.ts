import Joi from 'joi';

/** `?dryRun=`: true unless said otherwise, so that a slip of the hand stores nothing. */
export const importQuery = Joi.object({ dryRun: Joi.boolean().default(true) });

/** The same, and the older system whose mapping is used. */
export const answersQuery = importQuery.keys({
  system: Joi.string()
    .pattern(/^[a-z][a-z0-9-]{0,29}$/)
    .required(),
});

/** `?lang=` and the word of a page that has just saved or removed something. */
export const pageQuery = Joi.object({ saved: Joi.string().max(10), removed: Joi.string().max(10) });

const name = Joi.string().trim().min(1).max(60).required();

/** A mapping as the API takes it. */
export const aliasBody = Joi.object({ name, departmentCode: Joi.string().max(40).allow(null).required() });

/** A mapping as the page sends it: an empty code takes it away. */
export const aliasForm = Joi.object({
  _csrf: Joi.string().max(500),
  name,
  departmentCode: Joi.string().max(40).empty('').default(null),
});

/** What the page sends to remove a name. */
export const removalForm = Joi.object({ _csrf: Joi.string().max(500) });
