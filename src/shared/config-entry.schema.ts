import Joi from 'joi';
import { key, positive } from './config-key.schema.ts';
import { roles } from './principal.ts';

/** People who log in. */
export const accounts: Joi.ObjectSchema = Joi.object({
  forcePasswordChange: key(
    Joi.boolean().required(),
    'Whether a one-time password must be changed before anything else.',
  ),
  passwordMaxDays: key(
    positive.max(3650).required().allow(null),
    'A password must be changed after this many days; null for never. 90 or less where the hospital’s rules demand it.',
  ),
  failuresPerAddress: key(
    positive.max(100_000).required(),
    'Failed logins one address may have at once; then one more every 10 seconds. A ward shares one address.',
  ),
  requireTwoFactor: key(
    Joi.array()
      .items(Joi.string().valid(...roles))
      .unique()
      .required(),
    'Roles that must set up two-factor login before anything else, such as ["admin", "office"].',
  ),
  idleMinutes: key(positive.required(), 'A session ends after this long without a request, minutes.'),
  absoluteHours: key(positive.required(), 'A session ends after this long whatever happens, hours.'),
});

/** Machine clients. */
export const apiKeys: Joi.ObjectSchema = Joi.object({
  defaultDays: key(positive.required(), 'An API key works this long when no last day is chosen, days.'),
  maxDays: key(positive.max(3660).required(), 'Longest life of an API key, days.'),
});
