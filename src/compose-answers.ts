import type { Accounts } from './accounts/accounts.wiring.ts';
import { guardFor } from './accounts/guard.ts';
import type { StaffSlice } from './staff/staff.wiring.ts';
import type { SurveyFormCatalogue } from './survey-forms/survey-form.ts';
import { wireSurveyResponses } from './survey-responses/survey-responses.wiring.ts';
import type { SurveyResponsesSlice } from './survey-responses/survey-responses.wiring.ts';
import { createDeviceMarks } from './http/device-mark.ts';
import type { FormLimit } from './http/form-limit.ts';
import { createFormTickets } from './http/form-ticket.ts';
import { createFormLimit } from './http/rate-limit.rate-limiter-flexible.ts';
import { createTokenSigner, randomMark } from './http/signed-token.crypto.ts';
import type { TokenSigner } from './http/signed-token.crypto.ts';
import { isDatabaseUnavailable } from './database/database-error.ts';
import { wireConfidentialAnswers } from './confidential-answers/confidential-answers.wiring.ts';
import { wireContacts } from './contacts/contacts.wiring.ts';
import type { ContactsDeps, ContactsSlice } from './contacts/contacts.wiring.ts';
import type { FollowUpCallsSlice } from './follow-up-calls/follow-up-calls.wiring.ts';
import type { DepartmentsSlice } from './departments/departments.wiring.ts';
import type { Common, Parts } from './parts.ts';
import type { Route } from './http/route.ts';
import { wirePaperEntry } from './paper-entry/paper-entry.wiring.ts';
import type { PrivacyNotices } from './privacy-notices/privacy-notice.ts';
import type { Principal } from './shared/principal.ts';
import { textIn } from './shared/localized-text.ts';

/** Names by code, also of departments that are closed: what was answered there is still read. */
function departmentNamesOf(departments: DepartmentsSlice): ContactsDeps['departmentNames'] {
  return async (locale) => {
    const all = await departments.listDepartments({ includeInactive: true });
    return new Map(all.map(({ code, name }) => [code, textIn(name, locale)]));
  };
}

/** Contacts that patients leave with an answer, for the complaint office. */
function composeContacts(
  { config }: Parts,
  common: Common,
  {
    departments,
    calls,
  }: { readonly departments: DepartmentsSlice; readonly calls: () => FollowUpCallsSlice },
  findWords: ContactsDeps['findWords'],
): ContactsSlice {
  return wireContacts({
    ...common,
    findWords,
    silenced: (given) => calls().persons.silenceGiven.kindOf(given),
    formatTime: common.hospitalTime.format,
    departmentNames: departmentNamesOf(departments),
    retentionDays: config.privacy.retention.contacts,
    erasedMarkDays: config.privacy.retention.erasedAdmissions,
  });
}

/** Tickets and device marks are signed under keys of the session secret: every instance takes those of every other. */
function composeFormLimit({ config, secrets }: Parts, { clock, publicBaseUrl }: Common): FormLimit {
  const { publicSubmits, deviceSubmits, publicSubmitsWindowSeconds: windowSeconds } = config.http;
  const signerFor = (purpose: string): TokenSigner => createTokenSigner(secrets.session, purpose);
  const https = publicBaseUrl.startsWith('https:');
  return createFormLimit({
    tickets: createFormTickets({ signer: signerFor('form-ticket'), clock, newMark: randomMark }),
    devices: createDeviceMarks({ signer: signerFor('device'), newMark: randomMark, https }),
    perDevice: { points: deviceSubmits, windowSeconds },
    perAddress: { points: publicSubmits, windowSeconds },
  });
}

const entering = guardFor('survey-response.enter', 'departmentCode');
const mayEnter = (principal: Principal, departmentCode: string): boolean =>
  entering.decide(principal, { departmentCode }) === 'allowed';

/** Answers, and the contacts left with them. */
export function composeAnswers(
  parts: Parts,
  common: Common,
  read: {
    readonly departments: DepartmentsSlice;
    readonly staff: StaffSlice;
    readonly accounts: Accounts;
    readonly catalogue: SurveyFormCatalogue;
    readonly notices: PrivacyNotices;
    /** Asked for whom nobody contacts when a contact is opened: by then the calls are there. */
    readonly calls: () => FollowUpCallsSlice;
  },
): {
  readonly contacts: ContactsSlice;
  readonly responses: SurveyResponsesSlice;
  readonly confidential: { readonly routes: readonly Route[]; readonly pages: readonly Route[] };
  readonly paper: { readonly pages: readonly Route[] };
} {
  const { config } = parts;
  const { departments, staff, accounts, catalogue, notices } = read;
  const today = (): string => common.hospitalTime.dateOf(common.clock.now());
  const contacts = composeContacts(parts, common, read, (ids) => responses.findWords(ids));
  const surveys = {
    catalogue,
    findDepartment: departments.findDepartmentInCharge,
    listColleagues: staff.listColleagues,
    groups: config.surveyForms.groups,
    mayEnter,
  };
  const responses: SurveyResponsesSlice = wireSurveyResponses({
    ...common,
    ...surveys,
    announced: common.audit.announced,
    notices,
    keepContact: contacts.keepContact,
    contactDays: config.privacy.retention.contacts,
    wordsDays: config.privacy.retention.answerWords,
    listDepartments: departments.listDepartments,
    csrfValid: accounts.gate.csrfValid,
    formLimit: composeFormLimit(parts, common),
    showLogIn: config.http.staffPort === null,
  });
  const confidential = wireConfidentialAnswers({
    ...common,
    ...responses,
    catalogue,
    departmentNames: departmentNamesOf(departments),
    today,
    dateOf: common.hospitalTime.dateOf,
  });
  const paper = wirePaperEntry({
    ...common,
    ...responses,
    ...surveys,
    listDepartments: () => departments.listDepartments(),
    today,
    isUnavailable: isDatabaseUnavailable,
  });
  return { contacts, responses, confidential, paper };
}
