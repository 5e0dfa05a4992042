import type { Read } from './compose-read.ts';
import { wireComments } from './comments/comments.wiring.ts';
import type { CommentsSlice } from './comments/comments.wiring.ts';
import { openToAll } from './http/route.ts';
import type { Route } from './http/route.ts';
import type { Job } from './jobs/job.ts';
import { wireCaughtMail, wireMail } from './mail/mail.wiring.ts';
import type { MailSlice } from './mail/mail.wiring.ts';
import type { Common, Parts } from './parts.ts';
import { closingMoment } from './scorecards/closing-time.ts';
import { wireDeliveries } from './scorecards/deliveries.wiring.ts';
import type { DeliveriesSlice } from './scorecards/deliveries.wiring.ts';
import { wireRevisions } from './scorecards/revisions.wiring.ts';
import type { RevisionsSlice } from './scorecards/revisions.wiring.ts';
import { wireScorecards } from './scorecards/scorecards.wiring.ts';
import type { ScorecardsSlice } from './scorecards/scorecards.wiring.ts';
import { contentHash } from './shared/content-hash.crypto.ts';
import { deliverySettings, mailerSettings } from './settings.ts';

/** Words of patients, for the office and then for the department. */
function composeComments(
  { config }: Parts,
  common: Common,
  read: Pick<Read, 'departments' | 'staff' | 'catalogue' | 'responses'>,
): CommentsSlice {
  const { departments, staff, catalogue, responses } = read;
  return wireComments({
    ...common,
    catalogue,
    listWritten: responses.listWritten,
    findWritten: responses.findWritten,
    departments: () => departments.listDepartments({ includeInactive: true }),
    staffNames: async () => (await staff.storedStaff()).map(({ name }) => name),
    rulesFile: config.privacy.deidentificationFile,
    minimum: config.privacy.commentMinimum,
    purgeSchedule: config.privacy.purgeSchedule,
  });
}

/** The month: counting, closing, showing. */
function composeScorecards(
  { config, templates }: Parts,
  common: Common,
  read: Read & { readonly comments: CommentsSlice },
): ScorecardsSlice {
  const { closeOnWorkingDay: workingDay, closeAt: time, settleSeconds } = config.scorecards;
  const { calendar, departments, staff, responses, calls, catalogue } = read;
  return wireScorecards({
    ...common,
    contentHash,
    catalogue,
    readReleasedComments: read.comments.readReleasedComments,
    tallyPeriod: responses.tallyPeriod,
    tallyCalls: calls.tallyCalls,
    departments: departments.listDepartmentsOfMonth,
    closingMoment: (period) =>
      closingMoment(period, calendar.workingCalendar, common.hospitalTime, { workingDay, time }),
    settleMs: settleSeconds * 1000,
    listPraise: async (period, departmentCode, before) => {
      const counts = await responses.countPraise(period, departmentCode, before);
      const people = await staff.colleaguesByNumber(counts.map(({ staffNumber }) => staffNumber));
      const countOf = new Map(counts.map(({ staffNumber, count }) => [staffNumber, count]));
      return people.map(({ staffNumber, name }) => ({ name, count: countOf.get(staffNumber) ?? 0 }));
    },
    renderMail: templates.mail,
  });
}

/** The SMTP server, or what catches mails in the evaluation. */
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

/** What the office does about a closed month: late answers, revisions. */
function composeRevisions(
  common: Common,
  read: Read & { readonly scorecards: ScorecardsSlice; readonly deliveries: DeliveriesSlice },
): RevisionsSlice {
  const { departments, responses, scorecards, deliveries, catalogue } = read;
  return wireRevisions({
    ...common,
    ...scorecards,
    catalogue,
    lateAnswers: responses.lateAnswers,
    departments: () => departments.listDepartments({ includeInactive: true }),
    wake: () => {
      deliveries.reconcile().catch((error: unknown) => {
        common.log.error({ err: error }, 'The revision could not be mailed yet.');
      });
    },
  });
}

/** The ledger that sends scorecards. */
function composeDeliveries(
  { config, random }: Parts,
  common: Common,
  read: Read & { readonly scorecards: ScorecardsSlice; readonly mail: MailSlice },
): DeliveriesSlice {
  const { calendar, departments, responses, calls, scorecards } = read;
  return wireDeliveries({
    ...common,
    random,
    settings: deliverySettings(config, common.publicBaseUrl),
    mailer: read.mail.mailer,
    calendar: calendar.workingCalendar,
    firstPeriodWithData: async () => {
      const firsts = [await responses.firstPeriodWithData(), await calls.firstPeriod()];
      return firsts.filter((period) => period !== null).toSorted()[0] ?? null;
    },
    isTrialMonth: common.operation.isTrialMonth,
    closedPeriod: scorecards.periods.latest,
    closeMonth: scorecards.closeMonth.close,
    completeRevisions: scorecards.reviseMonth.completeAll,
    revisedSince: scorecards.periods.revisedSince,
    renderScorecardMail: scorecards.renderScorecardMail,
    departments: departments.listDepartmentsOfMonth,
    recipientsOf: async (code, period) => {
      const open = await departments.listDepartmentsOfMonth(period);
      return open.find((department) => department.code === code)?.recipients ?? [];
    },
  });
}

/** The month: what counts it, what sends it, what corrects it. */
export interface Month {
  readonly scorecards: ScorecardsSlice;
  readonly mail: MailSlice;
  readonly deliveries: DeliveriesSlice;
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
  readonly jobs: readonly Job[];
  readonly comments: CommentsSlice;
}

/** Builds the month. The router tries its lines in order: `/:period/deliveries` before `/:period/:departmentCode`. */
export async function composeMonth(parts: Parts, common: Common, read: Read): Promise<Month> {
  const comments = composeComments(parts, common, read);
  const scorecards = composeScorecards(parts, common, { ...read, comments });
  const mail = await composeMail(parts, common);
  const deliveries = composeDeliveries(parts, common, { ...read, scorecards, mail });
  const revisions = composeRevisions(common, { ...read, scorecards, deliveries });
  const slices = [comments, deliveries, revisions, scorecards];
  return {
    comments,
    scorecards,
    mail,
    deliveries,
    routes: slices.flatMap((slice) => slice.routes),
    pages: slices.flatMap((slice) => slice.pages),
    jobs: [...comments.jobs, ...deliveries.jobs],
  };
}
