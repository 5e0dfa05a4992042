import type { Express } from 'express';
import { wireAccounts } from './accounts/accounts.wiring.ts';
import type { Accounts } from './accounts/accounts.wiring.ts';
import { createPasswordHasher } from './accounts/password.argon2.ts';
import { may, visibleDepartments } from './accounts/policy.ts';
import { randomIndex } from './accounts/random-index.crypto.ts';
import { createApp } from './app.ts';
import { wireCalendar } from './calendar/calendar.wiring.ts';
import type { CalendarSlice } from './calendar/calendar.wiring.ts';
import { isDatabaseUnavailable } from './database/database-error.ts';
import { wireDepartments } from './departments/departments.wiring.ts';
import type { DepartmentsSlice } from './departments/departments.wiring.ts';
import { wireFollowUpCalls } from './follow-up-calls/follow-up-calls.wiring.ts';
import type { FollowUpCallsSlice } from './follow-up-calls/follow-up-calls.wiring.ts';
import { createCsrf } from './http/csrf.csrf-sync.ts';
import { createHealthRoutes } from './http/health.routes.ts';
import { createOpenApiRoutes } from './http/open-api.routes.ts';
import { openToAll } from './http/route.ts';
import type { Route } from './http/route.ts';
import { createSessionGate } from './http/session.express-session.ts';
import { hostName } from './jobs/host-name.node.ts';
import { wireJobs } from './jobs/jobs.wiring.ts';
import type { JobsSlice } from './jobs/jobs.wiring.ts';
import { wireCaughtMail, wireMail } from './mail/mail.wiring.ts';
import type { MailSlice } from './mail/mail.wiring.ts';
import { commonParts, readinessOf } from './parts.ts';
import type { Common, Parts } from './parts.ts';
import { closingMoment } from './scorecards/closing-time.ts';
import { wireDeliveries } from './scorecards/deliveries.wiring.ts';
import type { DeliveriesSlice } from './scorecards/deliveries.wiring.ts';
import { wirePrivacy } from './privacy/privacy.wiring.ts';
import { wireScorecards } from './scorecards/scorecards.wiring.ts';
import type { ScorecardsSlice } from './scorecards/scorecards.wiring.ts';
import { contentHash } from './shared/content-hash.crypto.ts';
import { callRules, deliverySettings, mailerSettings, sessionSettings } from './settings.ts';
import { textIn } from './shared/localized-text.ts';
import { wireSurveyForms } from './survey-forms/survey-forms.wiring.ts';
import type { SurveyFormCatalogue } from './survey-forms/survey-form.ts';
import { wireSurveyResponses } from './survey-responses/survey-responses.wiring.ts';
import type { SurveyResponsesSlice } from './survey-responses/survey-responses.wiring.ts';

/** The composed service. Nothing runs before `prepare` and `jobs.start`. */
export interface Composition {
  readonly app: Express;
  readonly routes: readonly Route[];
  readonly departments: DepartmentsSlice;
  readonly calls: FollowUpCallsSlice;
  readonly scorecards: ScorecardsSlice;
  readonly deliveries: DeliveriesSlice;
  readonly jobs: JobsSlice;
  /** Builds the indexes and seeds what is empty; gives the administrator's one-time password at the very first start. */
  readonly prepare: () => ReturnType<Accounts['bootstrapAdministrator']>;
  /** Waits for mails in flight, then closes the mail connections. */
  readonly stop: () => Promise<void>;
}

/** The slices that others read. */
interface Read {
  readonly calendar: CalendarSlice;
  readonly departments: DepartmentsSlice;
  readonly catalogue: SurveyFormCatalogue;
  readonly responses: SurveyResponsesSlice;
  readonly calls: FollowUpCallsSlice;
}

function composeAccounts(
  { config, secrets, publicBaseUrl }: Parts,
  common: Common,
  departments: DepartmentsSlice,
): Accounts {
  const { adminPassword } = config.secrets;
  return wireAccounts({
    ...common,
    listDepartments: () => departments.listDepartments(),
    randomIndex,
    hasher: createPasswordHasher(),
    hashKey: contentHash,
    forcePasswordChange: config.accounts.forcePasswordChange,
    ...(adminPassword === null ? {} : { initialPassword: adminPassword }),
    createGate: (sessions) =>
      createSessionGate({
        ...sessions,
        secret: secrets.session,
        secure: publicBaseUrl.startsWith('https:'),
        ...sessionSettings(config),
        clock: common.clock,
        csrf: createCsrf(),
        hashId: contentHash,
      }),
  });
}

function composeCalls(
  { config, secrets }: Parts,
  common: Common,
  read: Omit<Read, 'calls'>,
): FollowUpCallsSlice {
  const { departments, catalogue, responses } = read;
  return wireFollowUpCalls({
    ...common,
    catalogue,
    submitSurveyResponse: responses.submitSurveyResponse,
    findBySourceKeys: responses.findBySourceKeys,
    mayWork: (principal, departmentCode) => may(principal, 'follow-up-call.work', { departmentCode }),
    visibleDepartments: (principal) => visibleDepartments(principal, 'follow-up-call.work'),
    departmentExists: async (code) => (await departments.findDepartment(code))?.active ?? false,
    departmentNames: async (locale) =>
      new Map(
        (await departments.listDepartments({ includeInactive: true })).map(({ code, name }) => [
          code,
          textIn(name, locale),
        ]),
      ),
    keys: wirePrivacy(secrets),
    rules: callRules(config),
    patientGroup: config.surveyForms.phoneGroup,
  });
}

function composeScorecards({ config, templates }: Parts, common: Common, read: Read): ScorecardsSlice {
  const { closeOnWorkingDay: workingDay, closeAt: time, settleSeconds } = config.scorecards;
  const { calendar, departments, responses, calls, catalogue } = read;
  return wireScorecards({
    ...common,
    contentHash,
    catalogue,
    tallyPeriod: responses.tallyPeriod,
    tallyCalls: calls.tallyCalls,
    departments: () => departments.listDepartments(),
    closingMoment: (period) =>
      closingMoment(period, calendar.workingCalendar, common.hospitalTime, { workingDay, time }),
    settleMs: settleSeconds * 1000,
    visibleDepartments: (principal) => visibleDepartments(principal, 'scorecard.read'),
    renderMail: templates.mail,
  });
}

async function composeMail({ config, dataFolder }: Parts, common: Common): Promise<MailSlice> {
  const settings = mailerSettings(config, common.publicBaseUrl);
  const { smtpUrl } = config.mail;
  if (smtpUrl !== null) return wireMail({ ...common, settings: { ...settings, url: smtpUrl } });
  // Only the evaluation catches mails: on this machine, without any patient's data, so nobody need log in to see them.
  return wireCaughtMail({
    ...common,
    settings,
    folder: `${dataFolder}/mail`,
    guard: openToAll,
  });
}

function composeDeliveries(
  { config, random }: Parts,
  common: Common,
  read: Read & { readonly scorecards: ScorecardsSlice; readonly mail: MailSlice },
): DeliveriesSlice {
  const { calendar, departments, responses, scorecards } = read;
  return wireDeliveries({
    ...common,
    random,
    settings: deliverySettings(config, common.publicBaseUrl),
    mailer: read.mail.mailer,
    calendar: calendar.workingCalendar,
    firstPeriodWithData: responses.firstPeriodWithData,
    closedPeriod: scorecards.periods.latest,
    closeMonth: scorecards.closeMonth.close,
    renderScorecardMail: scorecards.renderScorecardMail,
    departments: () => departments.listDepartments(),
    recipientsOf: async (code) => {
      const department = await departments.findDepartment(code);
      return department?.active ? department.recipients : [];
    },
  });
}

function composeApp(parts: Parts, common: Common, gate: Accounts['gate'], routes: readonly Route[]): Express {
  const { http } = parts.config;
  return createApp({
    ...common,
    routes,
    gate,
    staticFolder: parts.staticFolder,
    https: common.publicBaseUrl.startsWith('https:'),
    trustProxy: http.trustProxy ?? 0,
    publicLimit: { points: http.publicSubmits, windowSeconds: http.publicSubmitsWindowSeconds },
    isUnavailable: isDatabaseUnavailable,
  });
}

/** Builds every slice, in the order of the data flow: who and when, the questions, the answers, the calls, the month, the mail. */
export async function compose(parts: Parts): Promise<Composition> {
  const { config, database } = parts;
  const common = commonParts(parts);
  const calendar = wireCalendar({ ...common, folder: config.calendar.folder });
  const departments = wireDepartments({ ...common, seedFile: config.departments.seedFile });
  const accounts = composeAccounts(parts, common, departments);
  const { catalogue, ...forms } = await wireSurveyForms({ ...common, folder: config.surveyForms.folder });
  const responses = wireSurveyResponses({
    ...common,
    catalogue,
    findDepartment: departments.findDepartment,
    listDepartments: departments.listDepartments,
    mayEnter: (principal, departmentCode) => may(principal, 'survey-response.enter', { departmentCode }),
    csrfValid: accounts.gate.csrfValid,
    defaultGroup: config.surveyForms.defaultGroup,
  });
  const answered = { calendar, departments, catalogue, responses };
  const calls = composeCalls(parts, common, answered);
  const scorecards = composeScorecards(parts, common, { ...answered, calls });
  const mail = await composeMail(parts, common);
  const deliveries = composeDeliveries(parts, common, { ...answered, calls, scorecards, mail });
  const jobs = wireJobs({
    ...common,
    jobs: [...calls.jobs, ...deliveries.jobs],
    timeZone: config.hospital.timeZone,
    host: hostName(),
    runAtStart: config.jobs.runAtStart,
  });
  // The router tries its lines in order: the answers of patients first, `/:period/deliveries` before `/:period/:departmentCode`.
  const slices = [responses, departments, forms, calls, deliveries, scorecards, accounts];
  const api = slices.flatMap((slice) => slice.routes);
  const pages = [responses, calls, scorecards, deliveries, accounts, mail].flatMap((slice) => slice.pages);
  const routes = [
    ...createHealthRoutes({ readiness: () => readinessOf(database) }),
    ...api,
    ...pages,
    ...createOpenApiRoutes(api, parts.version),
  ];
  return {
    app: composeApp(parts, common, accounts.gate, routes),
    routes,
    departments,
    calls,
    scorecards,
    deliveries,
    jobs,
    prepare: async () => {
      await database.buildIndexes();
      await calendar.load();
      await departments.seed();
      return accounts.bootstrapAdministrator();
    },
    stop: async () => {
      await Promise.all([deliveries.stop(), mail.stop()]);
    },
  };
}
