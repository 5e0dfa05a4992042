import Joi from 'joi';
import { caughtMailId } from './mailbox.ts';

/** Path of one caught mail. */
export const mailboxParams = Joi.object({ id: Joi.string().pattern(caughtMailId).required() });
