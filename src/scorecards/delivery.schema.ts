import Joi from 'joi';

const period = Joi.string()
  .pattern(/^\d{4}-(0[1-9]|1[0-2])$/)
  .required();

const id = Joi.string()
  .pattern(/^\d{4}-\d{2}:[^:]{1,64}:r\d{1,4}:[0-9a-f]{16}$/)
  .required();

/** Path with a month. */
export const periodParams = Joi.object({ period });

/** Path of one row of the ledger. */
export const deliveryParams = Joi.object({ id });

/** The button of the deliveries page. */
export const resendForm = Joi.object({ _csrf: Joi.string(), id, period });
