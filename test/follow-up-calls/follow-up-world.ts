import { testFormLimit } from '../support/form-limit.ts';
import { randomBytes } from 'node:crypto';
import type { AuditEvent } from '../../src/audit/audit-event.ts';
import { defaultCallRules } from '../../src/follow-up-calls/call-rules.ts';
import { guardFor } from '../../src/accounts/guard.ts';
import { noDetails } from '../../src/departments/department.ts';
import type { Department } from '../../src/departments/department.ts';
import { wireConsents } from '../../src/consents/consents.wiring.ts';
import { wireFollowUpCalls } from '../../src/follow-up-calls/follow-up-calls.wiring.ts';
import type {
  FollowUpCallsDeps,
  FollowUpCallsSlice,
} from '../../src/follow-up-calls/follow-up-calls.wiring.ts';
import { wirePrivacy, wireSourceKeys } from '../../src/privacy/privacy.wiring.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import type { HospitalTime } from '../../src/shared/hospital-time.ts';
import { randomIds } from '../../src/shared/ids.crypto.ts';
import type { Principal } from '../../src/shared/principal.ts';
import { createCatalogue } from '../../src/survey-forms/catalogue.ts';
import type { SurveyForm, SurveyItem } from '../../src/survey-forms/survey-form.ts';
import { wireSurveyResponses } from '../../src/survey-responses/survey-responses.wiring.ts';
import { testTemplates, testTranslate } from '../support/test-app.ts';
import { shippedNotices } from '../privacy-notices/shipped-notices.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

/** Compiled once: every app of a test renders with it. */
export const renderPage = testTemplates().page;

/** A nurse of some departments. */
export function nurseOf(name: string, ...departments: readonly string[]): Principal {
  const roles = [{ role: 'nurse' as const, departments }];
  return { accountId: `a-${name}`, username: name, displayName: name, roles, mustChangePassword: false };
}

const text = (words: string): { 'zh-Hans': string; 'zh-Hant': string; en: string } => {
  return { 'zh-Hans': words, 'zh-Hant': words, en: words };
};

const choice = (code: string, words: string, required: boolean): SurveyItem => ({
  code,
  kind: 'choice',
  dimension: code === 'overall' ? 'overall' : 'service',
  responsibleUnit: 'department',
  required,
  appliesToAll: true,
  confidential: false,
  scored: true,
  text: text(words),
  label: text(words),
  options: [
    ['very-satisfied', '非常满意', 100],
    ['satisfied', '比较满意', 75],
    ['dissatisfied', '不满意', 0],
  ].map(([option, label, score]) => ({
    code: String(option),
    text: text(String(label)),
    score: Number(score),
    satisfied: Number(score) >= 75,
    topBox: score === 100,
    notApplicable: false,
  })),
});

/** A short form asked by phone. */
export const phoneForm: SurveyForm = {
  id: 'discharged',
  version: 1,
  patientGroup: 'discharged',
  patientGroupName: text('出院'),
  effectiveFrom: '2026-01-01',
  title: text('出院回访'),
  introduction: text('请如实回答'),
  satisfiedRule: text('非常满意和比较满意'),
  items: [
    choice('attitude', '护士的态度', false),
    choice('overall', '总的来说', true),
    { ...choice('comment', '还有什么意见', false), kind: 'comment', options: [] },
  ],
  contentHash: 'test',
};

/** The slice on a database of its own, with answers stored by the real neighbour, and a clock to set. */
export interface FollowUpWorld extends FollowUpCallsSlice {
  readonly database: TestDatabase;
  readonly time: HospitalTime;
  readonly audit: Omit<AuditEvent, 'at'>[];
  /** Sets the hospital's clock: `2026-11-03`, `09:30`. */
  readonly goTo: (date: string, clock: string) => void;
  /** Turns trial operation on or off. */
  readonly setTrial: (trial: boolean) => void;
  readonly responses: () => Promise<readonly Record<string, unknown>[]>;
  readonly calls: () => Promise<readonly Record<string, unknown>[]>;
  readonly discharges: () => Promise<readonly Record<string, unknown>[]>;
  /** Registers discharges as the office. */
  readonly register: (...rows: readonly unknown[]) => ReturnType<FollowUpCallsSlice['registerDischarges']>;
}

/** A discharge of cardiology on the 1st of November, changed where a test needs it. */
export function discharge(
  admissionNo: string,
  changes: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    admissionNo,
    departmentCode: 'cardiology',
    nursingUnit: '心内一病区',
    dischargedOn: '2026-11-01',
    patientName: '欧阳娜娜',
    phone: '138 1234 1234',
    ...changes,
  };
}

const listColleagues: FollowUpCallsDeps['listColleagues'] = (code) =>
  Promise.resolve(code === 'cardiology' ? [{ staffNumber: 'N7', name: '王芳', post: 'nurse' }] : []);

/** Opens the world; call `database.drop()` at the end. */
export async function openFollowUpWorld(forms: readonly SurveyForm[] = [phoneForm]): Promise<FollowUpWorld> {
  const database = await openTestDatabase();
  const { connection } = database;
  const time = createHospitalTime('Asia/Shanghai');
  let now = time.momentOf('2026-11-01', '18:00');
  let trial = false;
  const clock = { now: (): Date => now };
  const catalogue = createCatalogue(forms, ['zh-Hans', 'zh-Hant', 'en']);
  const names = new Map([
    ['cardiology', '心血管内科'],
    ['surgery', '普外科'],
  ]);
  const departmentInCharge = (code: string): Promise<string | null> =>
    Promise.resolve(names.has(code) ? code : null);
  const registered: readonly Department[] = [...names].map(([code, name]) => {
    const own = { code, name: text(name), kind: 'clinical', active: true, recipients: [] } as const;
    return Object.assign(own, noDetails);
  });
  const { submitSurveyResponse, findBySourceKeys } = wireSurveyResponses({
    connection,
    clock,
    newId: randomIds.newId,
    hospitalTime: time,
    translate: testTranslate,
    renderPage,
    catalogue,
    findDepartment: (code) => Promise.resolve(registered.find((each) => each.code === code) ?? null),
    listDepartments: () => Promise.resolve(registered),
    listColleagues,
    keepContact: () => Promise.resolve(),
    contactDays: 90,
    wordsDays: 1095,
    notices: shippedNotices(),
    showLogIn: true,
    publicBaseUrl: 'https://satisfaction.example.cn',
    guard: guardFor,
    shell: () => ({}),
    formLimit: testFormLimit(clock),
    mayEnter: () => false,
    csrfValid: () => false,
    announced: (_event, work) => work(),
    hospitalName: text('县人民医院'),
    languages: ['zh-Hans', 'zh-Hant', 'en'],
    groups: {
      clinical: ['outpatient'],
      technical: ['window'],
      window: ['window'],
      administrative: ['window'],
    },
    isTrial: () => trial,
  });
  const audit: Omit<AuditEvent, 'at'>[] = [];
  const departmentsOf = ({ roles }: Principal): readonly string[] =>
    roles.flatMap((role) => (role.departments === 'all' ? [...names.keys()] : role.departments));
  const keys = wirePrivacy({
    encryption: [randomBytes(32).toString('base64')],
    blindIndex: randomBytes(32).toString('base64'),
  });
  const slice = wireFollowUpCalls({
    connection,
    clock,
    ids: randomIds,
    hospitalTime: time,
    translate: testTranslate,
    renderPage,
    guard: (name) => ({ name, decide: (principal) => (principal ? 'allowed' : 'unauthenticated') }),
    mayWork: (principal, code) => departmentsOf(principal).includes(code),
    visibleDepartments: departmentsOf,
    redFlagDepartments: departmentsOf,
    mayHandleRedFlag: (principal, code) => departmentsOf(principal).includes(code),
    peopleNames: () => Promise.resolve(new Map()),
    shell: ({ csrfToken, locale }) => ({
      loggedIn: true,
      displayName: '王护士',
      csrfToken: csrfToken ?? '',
      homeHref: '/home',
      links: [{ href: '/worklist', label: '回访工作台', current: true }],
      languages: (['zh-Hans', 'zh-Hant', 'en'] as const).map((code) => ({
        code,
        label: { 'zh-Hans': '简体中文', 'zh-Hant': '繁體中文', en: 'English' }[code],
        href: `?lang=${code}`,
        current: code === locale,
      })),
      showMailbox: false,
    }),
    hospitalName: text('县人民医院'),
    notices: shippedNotices(),
    consents: wireConsents({ connection }),
    listColleagues,
    submitSurveyResponse,
    findBySourceKeys,
    catalogue,
    departmentInCharge,
    departmentNames: () => Promise.resolve(names),
    recordAuditEvent: (event) => {
      audit.push(event);
      return Promise.resolve();
    },
    keys: { ...keys, ...wireSourceKeys({ connection, clock, blindIndex: keys.blindIndex }) },
    rules: defaultCallRules,
    retention: { dischargeIdentity: 90, admissionKeys: 150, callNotes: 90, erasedAdmissions: 400 },
    isTrial: () => trial,
  });
  await database.buildIndexes();
  const raw = (name: string) => (): Promise<Record<string, unknown>[]> =>
    connection.collection(name).find({}).toArray();
  return {
    ...slice,
    database,
    time,
    audit,
    goTo: (date, at) => {
      now = time.momentOf(date, at);
    },
    setTrial: (next) => {
      trial = next;
    },
    responses: raw('surveyResponses'),
    calls: raw('followUpCalls'),
    discharges: raw('discharges'),
    register: (...rows) => slice.registerDischarges({ rows, actor: 'a-office', locale: 'zh-Hans' }),
  };
}
