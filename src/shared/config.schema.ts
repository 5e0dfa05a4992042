import Joi from 'joi';
import { audit } from './config-audit.schema.ts';
import { accounts, apiKeys } from './config-entry.schema.ts';
import { explicit, key, positive } from './config-key.schema.ts';
import { mail, scorecards } from './config-month.schema.ts';
import { privacy } from './config-privacy.schema.ts';
import { secrets } from './config-secrets.schema.ts';
import { mongoUri, origin, timeZone } from './config-value.schema.ts';
import { locales } from './localized-text.ts';

const hospitalName = Joi.object({
  'zh-Hans': Joi.string().required(),
  'zh-Hant': Joi.string(),
  en: Joi.string(),
});

const deployment = Joi.object({
  evaluation: key(
    Joi.boolean().required(),
    'Evaluation: mails caught on /mailbox, keys kept in the data folder.',
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
  staffPort: key(
    Joi.number().port().required().allow(null),
    'Port of the staff, when they have a listener of their own (inner network): `http.port` then answers patients only. Null: one listener for all.',
    { env: 'STAFF_PORT' },
  ),
  staffHost: key(Joi.string().required().allow(null), 'Address the staff’s port listens on; null: all.', {
    env: 'STAFF_HOST',
  }),
  staffBaseUrl: key(
    origin.required().allow(null),
    'Address staff reach their port at: links in mails, session cookies. Needed with `STAFF_PORT` in production.',
    { env: 'STAFF_BASE_URL' },
  ),
  staffTrustProxy: key(
    Joi.number().integer().min(0).max(10).required().allow(null),
    'Number of reverse proxies in front of the staff’s port; 0, or null outside production, for none. Needed with `STAFF_PORT` in production: `http.trustProxy` says nothing of the inner network.',
    { env: 'STAFF_TRUST_PROXY' },
  ),
  requestTimeoutMs: key(positive.required(), 'Longest time a request may take to arrive, ms.'),
  publicSubmits: key(
    positive.min(600).required(),
    'What one address may send without an account in a window: answers of opened pages, and as many again without a form’s ticket. A ward shares one address.',
    { env: 'PUBLIC_SUBMITS' },
  ),
  deviceSubmits: key(
    positive.required(),
    'New answers one device may give on the pages in a window; a tablet that is handed round needs room.',
    { env: 'DEVICE_SUBMITS' },
  ),
  publicSubmitsWindowSeconds: key(positive.required(), 'Length of that window, seconds.'),
});

/** Patient groups whose form a QR code may open, the usual one first. */
const groups = Joi.array().items(Joi.string().max(64)).min(1).unique().required();

/** Shape of the merged configuration: one description for each key, from which config/README.md is made. */
export const configSchema = Joi.object({
  deployment,
  hospital,
  data: Joi.object({
    folder: key(
      Joi.string().required(),
      'Folder of the embedded engine, the caught mails and the evaluation’s keys, and the audit’s seals and marks.',
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
  accounts,
  apiKeys,
  operation: Joi.object({
    startsIn: key(
      Joi.string().valid('trial', 'live').required(),
      'Mode of a service that starts on an empty database: trial answers and calls count nowhere. Switched on /office/operation.',
    ),
    refreshSeconds: key(
      positive.max(60).required(),
      'Within how many seconds every instance knows a switch of the mode, or a changed calendar, made on another.',
    ),
  }),
  departments: Joi.object({
    seedFile: key(
      Joi.string().required().allow(null),
      'Departments to begin with when there are none; null for none.',
      { env: 'DEPARTMENTS_FILE' },
    ),
  }),
  demo: Joi.object({
    enabled: key(
      Joi.boolean().truthy('1', 'yes', 'on').falsy('0', 'no', 'off').required(),
      'Evaluation: fill an empty database with a demonstration hospital at the first start; never in production.',
      { env: 'DEMO' },
    ),
    file: key(Joi.string().required(), 'What the demonstration hospital is like.'),
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
  imports: Joi.object({
    folder: key(
      Joi.string().required(),
      'Folder of the names that columns and values have in files to import.',
      { env: 'IMPORTS_FOLDER' },
    ),
  }),
  calendar: Joi.object({
    folder: key(Joi.string().required(), 'Folder of the holidays and working Saturdays.'),
    alarmFrom: key(
      Joi.string()
        .pattern(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
        .required(),
      'Day of the year (MM-DD) from which the office is told that next year’s holidays are missing.',
    ),
    alarmSchedule: key(
      Joi.string().required(),
      'Cron expression, hospital time, of the line in the log that says so.',
    ),
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
  privacy,
  audit,
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
