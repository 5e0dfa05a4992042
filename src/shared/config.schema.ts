import Joi from 'joi';
import { key32, mongoUri, origin, timeZone } from './config-value.schema.ts';
import { locales } from './localized-text.ts';

/** What a key's schema carries besides its shape: the environment's name for it, and whether it is a secret. */
export interface KeyMeta {
  readonly env?: string;
  readonly secret?: boolean;
}

const key = (schema: Joi.Schema, description: string, meta: KeyMeta = {}): Joi.Schema =>
  schema.description(description).meta(meta);

const positive = Joi.number().integer().positive();
const hospitalName = Joi.object({
  'zh-Hans': Joi.string().required(),
  'zh-Hant': Joi.string(),
  en: Joi.string(),
});

/** In production these have no default: the service refuses to start without them. */
const explicit = (schema: Joi.Schema, description: string, meta: KeyMeta): Joi.Schema =>
  key(
    Joi.when('/deployment.requireExplicit', {
      is: true,
      then: schema.required().invalid(null),
      otherwise: schema.required().allow(null),
    }),
    description,
    meta,
  );

const deployment = Joi.object({
  evaluation: key(
    Joi.boolean().required(),
    'Evaluation: sample departments, mails caught on /mailbox, keys kept in the data folder.',
  ),
  requireExplicit: key(
    Joi.boolean().required(),
    'Production: refuse to start without the keys that have no safe default.',
  ),
});

const hospital = Joi.object({
  name: key(hospitalName.required(), 'Name of the hospital, in each language.'),
  timeZone: key(timeZone.required(), 'IANA time zone: every date and month is the hospital’s.', {
    env: 'HOSPITAL_TIME_ZONE',
  }),
  languages: key(
    Joi.array()
      .items(Joi.string().valid(...locales))
      .min(1)
      .unique()
      .required(),
    'Languages every form must have; the first is the default.',
  ),
});

const http = Joi.object({
  port: key(Joi.number().port().required(), 'Port to listen on; 0 takes a free one.', { env: 'PORT' }),
  host: key(Joi.string().required().allow(null), 'Address to listen on; null listens on all.', {
    env: 'HOST',
  }),
  publicBaseUrl: explicit(origin, 'Address people reach the service at: links in mails, secure cookies.', {
    env: 'PUBLIC_BASE_URL',
  }),
  trustProxy: explicit(
    Joi.number().integer().min(0).max(10),
    'Number of reverse proxies in front; 0 for none.',
    { env: 'TRUST_PROXY' },
  ),
  requestTimeoutMs: key(positive.required(), 'Longest time a request may take to arrive, ms.'),
  publicSubmits: key(
    positive.min(600).required(),
    'Unsafe requests one address may make without an account in a window: a ward shares one address.',
    { env: 'PUBLIC_SUBMITS' },
  ),
  publicSubmitsWindowSeconds: key(positive.required(), 'Length of that window, seconds.'),
});

const secrets = Joi.object({
  session: explicit(Joi.string().min(32), 'Signs session cookies; at least 32 characters.', {
    env: 'SESSION_SECRET',
    secret: true,
  }),
  encryption: explicit(key32, 'Encrypts names and phone numbers; 32 bytes in base64.', {
    env: 'ENCRYPTION_KEY',
    secret: true,
  }),
  blindIndex: explicit(key32, 'Keys the look-up of admissions and of a call’s answer; 32 bytes in base64.', {
    env: 'BLIND_INDEX_KEY',
    secret: true,
  }),
  adminPassword: key(
    Joi.string().min(10).required().allow(null),
    'First password of the administrator; null makes a one-time password and prints it once.',
    { env: 'ADMIN_PASSWORD', secret: true },
  ),
});

/** Patient groups whose form a QR code may open, the usual one first. */
const groups = Joi.array().items(Joi.string().max(64)).min(1).unique().required();

const scorecards = Joi.object({
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

const mail = Joi.object({
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

/** Shape of the merged configuration: one description for each key, from which config/README.md is made. */
export const configSchema = Joi.object({
  deployment,
  hospital,
  data: Joi.object({
    folder: key(
      Joi.string().required(),
      'Folder of the embedded engine, the caught mails and the evaluation’s keys.',
      { env: 'DATA_DIR' },
    ),
  }),
  mongo: Joi.object({
    uri: explicit(mongoUri, 'MongoDB server or replica set; null starts the embedded engine.', {
      env: 'MONGODB_URI',
      secret: true,
    }),
    database: key(
      Joi.string()
        .pattern(/^[A-Za-z0-9_-]{1,60}$/)
        .required(),
      'Name of the database.',
      { env: 'MONGODB_DATABASE' },
    ),
    serverSelectionTimeoutMs: key(
      positive.required(),
      'Longest wait for a server before an answer is 503, ms.',
    ),
  }),
  http,
  secrets,
  accounts: Joi.object({
    forcePasswordChange: key(
      Joi.boolean().required(),
      'Whether a one-time password must be changed before anything else.',
    ),
    idleMinutes: key(positive.required(), 'A session ends after this long without a request, minutes.'),
    absoluteHours: key(positive.required(), 'A session ends after this long whatever happens, hours.'),
  }),
  departments: Joi.object({
    seedFile: key(
      Joi.string().required().allow(null),
      'Departments to begin with when there are none; null for none.',
      { env: 'DEPARTMENTS_FILE' },
    ),
  }),
  surveyForms: Joi.object({
    folder: key(Joi.string().required(), 'Folder of the survey forms.', { env: 'SURVEY_FORMS_FOLDER' }),
    groups: Joi.object({
      clinical: key(
        groups,
        'Patient groups that may answer at a clinical department (临床): the first without ?group=.',
      ),
      technical: key(groups, 'The same for medical technology (医技).'),
      window: key(groups, 'The same for service windows (窗口).'),
      administrative: key(groups, 'The same for administrative departments (职能).'),
    }),
    phoneGroup: key(Joi.string().required(), 'Patient group whose form is asked on the phone.'),
  }),
  calendar: Joi.object({
    folder: key(Joi.string().required(), 'Folder of the holidays and working Saturdays.'),
  }),
  followUp: Joi.object({
    firstDay: key(
      Joi.number().integer().min(0).required(),
      'Days after discharge from which a patient is called.',
    ),
    lastDay: key(positive.required(), 'Days after discharge until which a patient is called.'),
    maxAttempts: key(positive.max(20).required(), 'Attempts after which a call is given up.'),
    claimMinutes: key(positive.required(), 'How long a claimed call is kept for its nurse, minutes.'),
  }),
  scorecards,
  mail,
  jobs: Joi.object({
    runAtStart: key(
      Joi.boolean().required(),
      'Whether each job also runs once at start, to catch up what was missed while the service was down.',
    ),
  }),
  log: Joi.object({
    level: key(
      Joi.string().valid('debug', 'info', 'warn', 'error', 'silent').required(),
      'Least level that is logged.',
      { env: 'LOG_LEVEL' },
    ),
  }),
}).prefs({ presence: 'required' });
