import type { Express } from 'express';
import { guardFor } from '../../src/accounts/guard.ts';
import { audited } from '../../src/audit/audited.ts';
import { noDetails } from '../../src/departments/department.ts';
import type { Contact } from '../../src/contacts/contact.ts';
import type { Department } from '../../src/departments/department.ts';
import type { Colleague } from '../../src/staff/staff-member.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { randomIds } from '../../src/shared/ids.crypto.ts';
import { locales } from '../../src/shared/localized-text.ts';
import type { Principal } from '../../src/shared/principal.ts';
import { createCatalogue } from '../../src/survey-forms/catalogue.ts';
import type { SurveyForm } from '../../src/survey-forms/survey-form.ts';
import type { Submission } from '../../src/survey-responses/survey-response.ts';
import type { AuditEvent } from '../../src/audit/audit-event.ts';
import { wireSurveyResponses } from '../../src/survey-responses/survey-responses.wiring.ts';
import type { SurveyResponsesSlice } from '../../src/survey-responses/survey-responses.wiring.ts';
import { shippedForm } from '../survey-forms/support.ts';
import { testFormLimit } from '../support/form-limit.ts';
import { createTestApp, gateFor, testTemplates, testTranslate, testShell } from '../support/test-app.ts';
import { shippedNotices } from '../privacy-notices/shipped-notices.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

/** Somebody of the campaign office. */
export const officer: Principal = {
  accountId: 'a-1',
  username: 'office',
  displayName: '活动办',
  roles: [{ role: 'office', departments: 'all' }],
  mustChangePassword: false,
};

const outpatient = shippedForm('outpatient');

/** The outpatient form in its next version, without its first item, in force from December. */
export const nextOutpatient: SurveyForm = {
  ...outpatient,
  version: 2,
  effectiveFrom: '2026-12-01',
  items: outpatient.items.slice(1),
};

function department(code: string, name: string, english: string, active = true): Department {
  return {
    code,
    name: { 'zh-Hans': name, 'zh-Hant': name, en: english },
    kind: 'clinical',
    active,
    recipients: [],
    ...noDetails,
  };
}

/** From this day on `geriatrics` is part of `internal-medicine`. */
export const mergedFrom = '2026-10-20';

const departments: readonly Department[] = [
  department('internal-medicine', '内科', 'Internal Medicine'),
  department('surgery', '外科', 'Surgery'),
  { ...department('pharmacy', '药房', 'Pharmacy'), kind: 'window' },
  { ...department('radiology', '放射科', 'Radiology'), kind: 'technical' },
  department('geriatrics', '老年科', 'Geriatrics'),
  department('closed-ward', '旧病区', 'Old Ward', false),
];

const colleagues: readonly Colleague[] = [
  { staffNumber: 'D1', name: '李强', post: 'doctor' },
  { staffNumber: 'N7', name: '王芳', post: 'nurse' },
];

/** The slice on a real database, with a clock to set. */
export interface SurveyWorld {
  readonly database: TestDatabase;
  readonly slice: SurveyResponsesSlice;
  /** Contacts that were kept, and how many answers were stored before each. */
  readonly kept: (Contact & { readonly rows: number })[];
  /** Everything over HTTP, with somebody logged in or nobody. */
  readonly app: (principal?: Principal | null) => Express;
  readonly setNow: (moment: string) => void;
  /** What was recorded in the audit trail. */
  readonly events: Omit<AuditEvent, 'at'>[];
  readonly rows: () => Promise<readonly Record<string, unknown>[]>;
  /** Turns trial operation on or off. */
  readonly setTrial: (trial: boolean) => void;
  readonly clear: () => Promise<void>;
}

/** Opens the world; drop its database afterwards. It is noon of 20 October 2026 in Shanghai. */
export async function openSurveyWorld(
  database?: TestDatabase,
  limits?: Parameters<typeof testFormLimit>[1],
): Promise<SurveyWorld> {
  const opened = database ?? (await openTestDatabase());
  let now = new Date('2026-10-20T04:00:00Z');
  const forms = [
    outpatient,
    nextOutpatient,
    ...['inpatient', 'discharged', 'window'].map((id) => shippedForm(id)),
  ];
  let trial = false;
  const events: Omit<AuditEvent, 'at'>[] = [];
  const kept: (Contact & { readonly rows: number })[] = [];
  const slice = wireSurveyResponses({
    connection: opened.connection,
    clock: { now: () => now },
    newId: randomIds.newId,
    hospitalTime: createHospitalTime('Asia/Shanghai'),
    translate: testTranslate,
    renderPage: testTemplates().page,
    catalogue: createCatalogue(forms, locales),
    findDepartment: (code, on = '2026-10-20') => {
      const asked = code === 'geriatrics' && on >= mergedFrom ? 'internal-medicine' : code;
      return Promise.resolve(departments.find((one) => one.code === asked) ?? null);
    },
    keepContact: async (contact) => {
      kept.push({ ...contact, rows: await opened.connection.collection('surveyResponses').countDocuments() });
    },
    contactDays: 90,
    wordsDays: 1095,
    notices: shippedNotices(),
    listColleagues: (code) => Promise.resolve(code === 'internal-medicine' ? colleagues : []),
    listDepartments: () => Promise.resolve(departments.filter(({ active }) => active)),
    mayEnter: ({ username }, code) => username === 'office' && code !== 'surgery',
    csrfValid: gateFor(officer).csrfValid,
    announced: (event, work) =>
      audited(
        {
          recordAuditEvent: (told) => {
            events.push(told);
            return Promise.resolve();
          },
          onLost: () => undefined,
        },
        event,
        work,
      ),
    hospitalName: {
      'zh-Hans': '示范县人民医院',
      'zh-Hant': '示範縣人民醫院',
      en: 'Demonstration County Hospital',
    },
    languages: locales,
    showLogIn: true,
    publicBaseUrl: 'https://satisfaction.example.cn',
    guard: guardFor,
    shell: testShell,
    formLimit: testFormLimit({ now: () => now }, limits),
    groups: {
      clinical: ['outpatient', 'inpatient'],
      technical: ['window', 'outpatient'],
      window: ['window'],
      administrative: ['window'],
    },
    isTrial: () => trial,
  });
  await opened.buildIndexes();
  const collection = opened.connection.collection('surveyResponses');
  return {
    database: opened,
    kept,
    events,
    slice,
    app: (principal = null) => createTestApp({ routes: [...slice.routes, ...slice.pages], principal }),
    setNow: (moment) => {
      now = new Date(moment);
    },
    setTrial: (next) => {
      trial = next;
    },
    rows: () => collection.find().toArray(),
    clear: async () => {
      await collection.deleteMany({});
      events.length = 0;
    },
  };
}

/** A good answer to the outpatient form; `changes` vary it. */
export function submission(changes: Partial<Submission> = {}): Submission {
  return {
    submissionId: randomIds.newId(),
    formId: 'outpatient',
    formVersion: 1,
    departmentCode: 'internal-medicine',
    mode: 'web',
    answers: { overall: 'satisfied', 'doctor-attitude': 'very-satisfied' },
    ...changes,
  };
}

/** The same as a browser posts it. */
export function pageFields(changes: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    submissionId: randomIds.newId(),
    formId: 'outpatient',
    formVersion: '1',
    'answer.overall': 'satisfied',
    comment: '',
    ...changes,
  };
}
