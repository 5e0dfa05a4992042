import type { Read } from './compose-read.ts';
import type { Accounts } from './accounts/accounts.wiring.ts';
import { may, visibleDepartments } from './accounts/policy.ts';
import { wireConsents } from './consents/consents.wiring.ts';
import { wireFollowUpCalls } from './follow-up-calls/follow-up-calls.wiring.ts';
import type { FollowUpCallsSlice } from './follow-up-calls/follow-up-calls.wiring.ts';
import type { Common, Parts } from './parts.ts';
import { callRules } from './settings.ts';
import { textIn } from './shared/localized-text.ts';

/** Discharges and follow-up calls. */
export function composeCalls(
  { config }: Parts,
  common: Common,
  read: Omit<Read, 'calls'> & { readonly accounts: Pick<Accounts, 'peopleNames'> },
): FollowUpCallsSlice {
  const { departments, catalogue, notices, responses } = read;
  return wireFollowUpCalls({
    ...common,
    catalogue,
    notices,
    consents: wireConsents(common),
    listColleagues: read.staff.listColleagues,
    submitSurveyResponse: responses.submitSurveyResponse,
    findBySourceKeys: responses.findBySourceKeys,
    mayWork: (principal, departmentCode) => may(principal, 'follow-up-call.work', { departmentCode }),
    visibleDepartments: (principal) => visibleDepartments(principal, 'follow-up-call.work'),
    redFlagDepartments: (principal) => visibleDepartments(principal, 'red-flag.read'),
    mayHandleRedFlag: (principal, departmentCode) => may(principal, 'red-flag.handle', { departmentCode }),
    peopleNames: read.accounts.peopleNames,
    departmentInCharge: async (code, on) => {
      const department = await departments.findDepartmentInCharge(code, on);
      return department?.active ? department.code : null;
    },
    departmentNames: async (locale) =>
      new Map(
        (await departments.listDepartments({ includeInactive: true })).map(({ code, name }) => [
          code,
          textIn(name, locale),
        ]),
      ),
    rules: callRules(config),
    retention: config.privacy.retention,
    isQuietDay: read.calendar.workingCalendar.isQuietDay,
    patientGroup: config.surveyForms.phoneGroup,
  });
}
