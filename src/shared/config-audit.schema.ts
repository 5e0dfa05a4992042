import Joi from 'joi';
import { key, positive } from './config-key.schema.ts';

/** How long the audit trail is kept, and when it is sealed and verified. */
export const audit: Joi.ObjectSchema = Joi.object({
  retentionDays: key(
    positive.min(180).max(3650).required(),
    'Days for which the audit trail is kept; at least 180.',
  ),
  sealSchedule: key(
    Joi.string().required(),
    'Cron, hospital time, of sealing the days of the audit trail that are over and removing those that are old.',
  ),
  verifySchedule: key(Joi.string().required(), 'Cron, hospital time, of verifying the audit trail.'),
});
