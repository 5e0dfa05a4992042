import Joi from 'joi';
import { explicit, key, positive } from './config-key.schema.ts';

/** Closing and sending: `scorecards`. */
export const scorecards: Joi.ObjectSchema = Joi.object({
  closeOnWorkingDay: key(
    positive.max(20).required(),
    'Working day of the next month on which a month closes.',
  ),
  closeAt: key(
    Joi.string()
      .pattern(/^([01]\d|2[0-3]):[0-5]\d$/)
      .required(),
    'Time of that day, hospital time.',
  ),
  settleSeconds: key(
    positive.min(30).required(),
    'The cut-off lies this long before the closing, so that answers being written are in; longer than a write can take.',
  ),
  deliverSchedule: key(
    Joi.string().required(),
    'Cron expression, hospital time, of another try for mails that were put off.',
  ),
  catchUpMonths: key(
    positive.max(60).required(),
    'How many ended months the service closes by itself when it was down; older ones are closed by hand.',
  ),
  reconcileSchedule: key(
    Joi.string().required(),
    'Cron expression, hospital time, of the look at what is due and not sent.',
  ),
});

/** `mail`. */
export const mail: Joi.ObjectSchema = Joi.object({
  smtpUrl: explicit(
    Joi.string().uri({ scheme: ['smtp', 'smtps'] }),
    'SMTP server, with user and password: smtp://user:password@host:587.',
    { env: 'SMTP_URL', secret: true },
  ),
  catcher: key(
    Joi.boolean().required(),
    'Evaluation: catch mails locally and show them on /mailbox when no SMTP server is named.',
  ),
  fromName: key(Joi.string().max(100).required().allow(null), 'Sender’s name; null takes the hospital’s.', {
    env: 'MAIL_FROM_NAME',
  }),
  fromAddress: key(
    Joi.string().email({ tlds: false, allowUnicode: false }).required().allow(null),
    'Sender’s address; null takes satisfaction@ the host of the public base URL.',
    { env: 'MAIL_FROM' },
  ),
  replyTo: key(Joi.string().email({ tlds: false }).required().allow(null), 'Address that replies go to.', {
    env: 'MAIL_REPLY_TO',
  }),
  connectionTimeoutMs: key(positive.required(), 'Longest wait for the connection and the greeting, ms.'),
  socketTimeoutMs: key(positive.required(), 'Longest silence of the server, ms.'),
  sendTimeoutMs: key(positive.required(), 'Longest time for one mail, ms; shorter than the lease.'),
  leaseMinutes: key(positive.required(), 'How long one instance owns a delivery it is sending, minutes.'),
  maxAttempts: key(
    positive.max(50).required(),
    'Tries after refusals that may pass before a delivery fails.',
  ),
  concurrency: key(positive.max(20).required(), 'Mails handed over at the same time.'),
});
