import { composeAnswers } from './compose-answers.ts';
import { composeAccounts } from './compose-accounts.ts';
import type { Entry } from './compose-accounts.ts';
import { composeCalls } from './compose-calls.ts';
import { composeMonth } from './compose-month.ts';
import { composeImports } from './compose-imports.ts';
import { composeDemo } from './compose-demo.ts';
import type { DemoSlice } from './demo/demo.wiring.ts';
import { composeSettings } from './compose-settings.ts';
import type { Express } from 'express';
import type { Accounts } from './accounts/accounts.wiring.ts';
import { scopes, scopesOfAction } from './api-keys/scope.ts';
import { createApp } from './app.ts';
import { composeKeys } from './compose-keys.ts';
import { composePersons } from './compose-persons.ts';
import type { PersonsSlice } from './privacy/persons.wiring.ts';
import type { KeyRotationSlice } from './privacy/privacy.wiring.ts';
import type { AuditSlice } from './audit/audit.wiring.ts';
import { isDatabaseUnavailable } from './database/database-error.ts';
import { wireDepartments } from './departments/departments.wiring.ts';
import type { DepartmentsSlice } from './departments/departments.wiring.ts';
import type { FollowUpCallsSlice } from './follow-up-calls/follow-up-calls.wiring.ts';
import { createHealthRoutes } from './http/health.routes.ts';
import { closedGate } from './http/session-gate.ts';
import { closedMachines } from './http/machine-gate.ts';
import { createOpenApiRoutes } from './http/open-api.routes.ts';
import type { Route } from './http/route.ts';
import { hostName } from './jobs/host-name.node.ts';
import type { Job } from './jobs/job.ts';
import { wireJobs } from './jobs/jobs.wiring.ts';
import type { JobsSlice } from './jobs/jobs.wiring.ts';
import { commonParts, readinessOf } from './parts.ts';
import type { Common, Parts } from './parts.ts';
import type { DeliveriesSlice } from './scorecards/deliveries.wiring.ts';
import type { ScorecardsSlice } from './scorecards/scorecards.wiring.ts';
import { wireRoster } from './roster/roster.wiring.ts';
import { wireStaff } from './staff/staff.wiring.ts';
import { wirePrivacyNotices } from './privacy-notices/privacy-notices.wiring.ts';
import { wireSurveyForms } from './survey-forms/survey-forms.wiring.ts';

/** The composed service. Nothing runs before `prepare` and `jobs.start`. */
export interface Composition {
  readonly app: Express;
  /** What staff are served, when they have a listener of their own; `app` is then the patients’. */
  readonly staffApp: Express | null;
  readonly routes: readonly Route[];
  readonly departments: DepartmentsSlice;
  readonly calls: FollowUpCallsSlice;
  readonly scorecards: ScorecardsSlice;
  readonly deliveries: DeliveriesSlice;
  readonly demo: DemoSlice;
  readonly jobs: JobsSlice;
  readonly rotateKeys: KeyRotationSlice['rotateKeys'];
  readonly audit: AuditSlice;
  readonly persons: PersonsSlice;
  /** Gives an account a new one-time password, for whoever stands at the server; by user name. */
  readonly resetPasswordOf: Accounts['resetPasswordOf'];
  /** Builds the indexes and seeds what is empty; gives the administrator's one-time password at the very first start. */
  readonly prepare: () => ReturnType<Accounts['bootstrapAdministrator']>;
  /** Waits for mails in flight, then closes the mail connections. */
  readonly stop: () => Promise<void>;
}

/** One app for all, or one for patients and one for staff. */
function composeApps(
  parts: Parts,
  common: Common,
  { gate, machines }: Entry,
  routes: readonly Route[],
): Pick<Composition, 'app' | 'staffApp'> {
  const { http } = parts.config;
  const shared = {
    ...common,
    watch: common.audit.watch,
    noteRefusal: common.audit.noteRefusal,
    routes,
    staticFolder: parts.staticFolder,
    trustProxy: http.trustProxy ?? 0,
    publicLimit: { points: http.publicSubmits, windowSeconds: http.publicSubmitsWindowSeconds },
    isUnavailable: isDatabaseUnavailable,
  };
  const https = common.publicBaseUrl.startsWith('https:');
  if (http.staffPort === null) {
    return { app: createApp({ ...shared, gate, machines, https, side: 'both' }), staffApp: null };
  }
  const inner = {
    https: common.staffBaseUrl.startsWith('https:'),
    trustProxy: http.staffTrustProxy ?? 0,
  };
  return {
    app: createApp({ ...shared, gate: closedGate, machines: closedMachines, https, side: 'patients' }),
    staffApp: createApp({ ...shared, gate, machines, ...inner, side: 'staff' }),
  };
}

/** The whole table. The router tries its lines in the order of the slices. */
function routesOf(
  parts: Parts,
  withRoutes: readonly { readonly routes: readonly Route[] }[],
  withPages: readonly { readonly pages: readonly Route[] }[],
): readonly Route[] {
  const api = withRoutes.flatMap(({ routes }) => routes);
  return [
    ...createHealthRoutes({ readiness: () => readinessOf(parts.database) }),
    ...api,
    ...withPages.flatMap(({ pages }) => pages),
    ...createOpenApiRoutes(api, parts.version, { scopes, scopesOfAction }),
  ];
}

function composeJobs(
  { config }: Parts,
  common: Common,
  slices: readonly { readonly jobs: readonly Job[] }[],
): JobsSlice {
  const { timeZone } = config.hospital;
  return wireJobs({
    ...common,
    jobs: slices.flatMap(({ jobs }) => jobs),
    timeZone,
    host: hostName(),
    runAtStart: config.jobs.runAtStart,
  });
}

/** Builds every slice, in the order of the data flow: who and when, the questions, the answers, the calls, the month, the mail. */
export async function compose(parts: Parts): Promise<Composition> {
  const { config, database } = parts;
  const common = commonParts(parts);
  const { calendarSlice: calendar } = common;
  const departments = wireDepartments({ ...common, seedFile: config.departments.seedFile });
  const staff = wireStaff({ ...common, ...departments });
  const roster = wireRoster({ ...common, ...departments, ...staff });
  const accounts = composeAccounts(parts, common, departments);
  const { catalogue, ...forms } = await wireSurveyForms({ ...common, folder: config.surveyForms.folder });
  const privacy = await wirePrivacyNotices({ ...common, folder: config.privacy.noticesFolder });
  const asked = { departments, staff, accounts, catalogue, notices: privacy.notices, calls: () => calls };
  const { contacts, responses, confidential, paper } = composeAnswers(parts, common, asked);
  const answered = { calendar, departments, staff, catalogue, notices: privacy.notices, responses };
  const calls: FollowUpCallsSlice = composeCalls(parts, common, { ...answered, accounts });
  const month = await composeMonth(parts, common, { ...answered, calls });
  const { scorecards, mail, deliveries } = month;
  const settings = composeSettings(parts, common, scorecards);
  const imports = composeImports(parts, common, { ...answered, calls, scorecards });
  const demo = composeDemo(parts, common, { ...answered, accounts, calls, scorecards, deliveries });
  const persons = composePersons(parts, common, { ...answered, calls, contacts, imports, month });
  const keys = composeKeys(parts, common, [accounts, calls, contacts, persons]);
  const jobs = composeJobs(parts, common, [common.audit, keys, settings, persons, calls, month]);
  // The router tries its lines in order: the answers of patients first, the roster's template before `/departments/:code`.
  const office = [responses, contacts, persons, settings];
  const base = [responses, settings, roster, departments, staff, forms, privacy];
  const routes = routesOf(
    parts,
    [...base, confidential, calls, imports, month, persons, accounts],
    [...office, confidential, paper, calls, imports, month, roster, departments, staff, accounts, mail],
  );
  return {
    ...composeApps(parts, common, accounts, routes),
    routes,
    departments,
    calls,
    scorecards,
    deliveries,
    demo,
    jobs,
    rotateKeys: keys.rotateKeys,
    audit: common.audit,
    persons,
    resetPasswordOf: accounts.resetPasswordOf,
    prepare: async () => {
      await database.buildIndexes();
      await common.audit.begin();
      await keys.begin();
      await settings.begin(async () => (await responses.firstPeriodWithData()) !== null);
      await departments.seed();
      scorecards.freshProvisional.start();
      return accounts.bootstrapAdministrator();
    },
    stop: async () => {
      settings.stop();
      scorecards.freshProvisional.stop();
      await Promise.all([deliveries.stop(), mail.stop(), keys.stop()]);
    },
  };
}
