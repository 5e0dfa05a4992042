import type { Express } from 'express';
import { randomUUID } from 'node:crypto';
import { guardFor } from '../../src/accounts/guard.ts';
import { may } from '../../src/accounts/policy.ts';
import type { ToldEvent } from '../../src/audit/audit-event.ts';
import { isDatabaseUnavailable } from '../../src/database/database-error.ts';
import { noDetails } from '../../src/departments/department.ts';
import type { Department } from '../../src/departments/department.ts';
import { wirePaperEntry } from '../../src/paper-entry/paper-entry.wiring.ts';
import { locales } from '../../src/shared/localized-text.ts';
import type { Principal } from '../../src/shared/principal.ts';
import type { Colleague } from '../../src/staff/staff-member.ts';
import { createCatalogue } from '../../src/survey-forms/catalogue.ts';
import type { SurveyForm } from '../../src/survey-forms/survey-form.ts';
import { shippedForm } from '../survey-forms/support.ts';
import { openSurveyWorld } from '../survey-responses/survey-world.ts';
import type { SurveyWorld } from '../survey-responses/survey-world.ts';
import {
  createTestApp,
  testCsrfToken,
  testTemplates,
  testTranslate,
  testShell,
} from '../support/test-app.ts';

/** The form that is keyed in, which asks for praise. */
export const form = shippedForm('outpatient');

const windowForm = shippedForm('window');
/** A form that asks for no praise. */
const silentForm: SurveyForm = {
  ...windowForm,
  items: windowForm.items.filter(({ kind }) => kind !== 'praise'),
};

const department = (code: string): Department => ({
  ...noDetails,
  code,
  name: { 'zh-Hans': code },
  kind: 'clinical',
  active: true,
  recipients: [],
});
const departments = [department('internal-medicine'), department('pharmacy')];

const colleagues: Readonly<Record<string, readonly Colleague[]>> = {
  'internal-medicine': [
    { staffNumber: 'D1', name: '李强', post: 'doctor' },
    { staffNumber: 'N7', name: '王芳', post: 'nurse' },
  ],
  pharmacy: [{ staffNumber: 'P3', name: '赵敏', post: 'pharmacist' }],
};

/** The pages for keying in, on answers that a real database keeps. */
export interface PaperWorld {
  readonly survey: SurveyWorld;
  readonly app: (who: Principal | null) => Express;
  readonly told: Omit<ToldEvent, 'at'>[];
  /** The error that reading the register meets, or null. */
  readonly setRegisterFault: (fault: Error | null) => void;
  readonly clear: () => Promise<void>;
}

/** Opens the world; drop its database afterwards. */
export async function openPaperWorld(): Promise<PaperWorld> {
  const survey = await openSurveyWorld();
  const told: Omit<ToldEvent, 'at'>[] = [];
  let registerFault: Error | null = null;
  const slice = wirePaperEntry({
    submitSurveyResponse: survey.slice.submitSurveyResponse,
    recordAuditEvent: async (event) => void told.push(event),
    isUnavailable: isDatabaseUnavailable,
    catalogue: createCatalogue([form, silentForm], locales),
    findDepartment: async (code) => departments.find((one) => one.code === code) ?? null,
    listDepartments: async () => departments,
    listColleagues: async (code) => {
      if (registerFault) throw registerFault;
      return colleagues[code] ?? [];
    },
    today: () => '2026-10-20',
    groups: { clinical: ['outpatient', 'window'], technical: [], window: [], administrative: [] },
    mayEnter: (who, departmentCode) => may(who, 'survey-response.enter', { departmentCode }),
    newId: randomUUID,
    translate: testTranslate,
    guard: guardFor,
    renderPage: testTemplates().page,
    shell: testShell,
  });
  return {
    survey,
    told,
    app: (who) => createTestApp({ routes: slice.pages, principal: who }),
    setRegisterFault: (fault) => {
      registerFault = fault;
    },
    clear: async () => {
      told.length = 0;
      registerFault = null;
      await survey.clear();
    },
  };
}

/** A sheet as the page posts it; `more` varies it. */
export const sheet = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  _csrf: testCsrfToken,
  submissionId: randomUUID(),
  formId: form.id,
  formVersion: String(form.version),
  answeredOn: '2026-10-18',
  'answer.overall': '2',
  'answer.doctor-attitude': '１',
  saved: '3',
  ...more,
});
