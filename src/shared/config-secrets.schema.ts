import Joi from 'joi';
import { explicit, key } from './config-key.schema.ts';
import { key32, keyList } from './config-value.schema.ts';

/** The keys the service works with; production must be given each. */
export const secrets: Joi.ObjectSchema = Joi.object({
  session: explicit(Joi.string().min(32), 'Signs session cookies; at least 32 characters.', {
    env: 'SESSION_SECRET',
    secret: true,
  }),
  encryption: explicit(
    keyList,
    'Encrypts names and phone numbers; 32 bytes in base64. Several, spaces between them: the first encrypts, the others are still read.',
    { env: 'ENCRYPTION_KEY', secret: true },
  ),
  blindIndex: explicit(key32, 'Keys the look-up of admissions and of a call’s answer; 32 bytes in base64.', {
    env: 'BLIND_INDEX_KEY',
    secret: true,
  }),
  audit: explicit(key32, 'Authenticates the audit trail; 32 bytes in base64.', {
    env: 'AUDIT_KEY',
    secret: true,
  }),
  adminPassword: key(
    Joi.string().min(10).required().allow(null),
    'First password of the administrator; null makes a one-time password and prints it once.',
    { env: 'ADMIN_PASSWORD', secret: true },
  ),
});
