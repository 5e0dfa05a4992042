import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CalendarYear } from '../../src/calendar/calendar-year.ts';
import { createWorkingCalendar } from '../../src/calendar/working-days.ts';
import { fillMonth } from '../../src/demo/fill-months.ts';
import type { DemoDischargeContext } from '../../src/demo/demo-discharges.ts';
import { checkDemoHospital } from '../../src/demo/demo-hospital.schema.ts';
import { demoMonths } from '../../src/demo/demo-months.ts';
import type { DemoMonths } from '../../src/demo/demo-months.ts';
import { demoColleagues } from '../../src/demo/demo-staff.ts';
import { stableId } from '../../src/demo/stable-id.ts';
import { defaultCallRules } from '../../src/follow-up-calls/call-rules.ts';
import type { DischargeRecord } from '../../src/follow-up-calls/discharge.ts';
import type { FollowUpCall } from '../../src/follow-up-calls/follow-up-call.ts';
import { wirePrivacy } from '../../src/privacy/privacy.wiring.ts';
import { closingMoment } from '../../src/scorecards/closing-time.ts';
import { contentHash, listHash } from '../../src/shared/content-hash.crypto.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { locales } from '../../src/shared/localized-text.ts';
import { createCatalogue } from '../../src/survey-forms/catalogue.ts';
import type { SurveyFormCatalogue } from '../../src/survey-forms/survey-form.ts';
import type { SurveyResponse } from '../../src/survey-responses/survey-response.ts';
import { shippedFiles, shippedForm } from '../survey-forms/support.ts';

const root = projectRoot();
const time = createHospitalTime('Asia/Shanghai');
const key = Buffer.alloc(32, 5).toString('base64');
const years = readdirSync(join(root, 'config/calendar')).map(
  (file) => JSON.parse(readFileSync(join(root, 'config/calendar', file), 'utf8')) as CalendarYear,
);
const calendar = createWorkingCalendar(years);

/** The shipped hospital. */
export const shippedHospital = checkDemoHospital(
  JSON.parse(readFileSync(join(root, 'config/demo/hospital.json'), 'utf8')),
);

/** The shipped forms. */
export const shippedCatalogue: SurveyFormCatalogue = createCatalogue(
  shippedFiles().map(({ name }) => shippedForm(name.replace('.json', ''))),
  locales,
);

/** When a month may be closed, by the shipped calendar. */
export function dueAt(period: string): Date {
  return closingMoment(period, calendar, time, { workingDay: 10, time: '08:00' });
}

/** A demonstration that begins at a moment, before anything is stored. */
export interface DemoWorld {
  readonly months: DemoMonths;
  readonly context: DemoDischargeContext;
}

/** The shipped hospital's demonstration at a moment. */
export function demoAt(now: Date): DemoWorld {
  const months = demoMonths(now, time.dateOf(now), dueAt);
  const context: DemoDischargeContext = {
    hospital: shippedHospital,
    time,
    now,
    turnsIn: months.closed.at(-1) ?? '',
    formOf: (group) => shippedCatalogue.all().find(({ patientGroup }) => patientGroup === group),
    colleagues: demoColleagues(shippedHospital),
    idOf: (...name) => stableId(contentHash(name)),
    keys: {
      ...wirePrivacy({ encryption: [key], blindIndex: key }),
      sourceKeys: () => Promise.resolve((purpose, id) => contentHash([purpose, id])),
    },
    rules: defaultCallRules,
    phoneGroup: 'discharged',
  };
  return { months, context };
}

/** What a month of it would store. */
export async function monthOf(
  { context }: DemoWorld,
  period: string,
): Promise<{
  readonly responses: readonly SurveyResponse[];
  readonly records: readonly DischargeRecord[];
  readonly calls: readonly FollowUpCall[];
}> {
  const stored: { responses: SurveyResponse[]; records: DischargeRecord[]; calls: FollowUpCall[] } = {
    responses: [],
    records: [],
    calls: [],
  };
  const deps = {
    insertResponses: async (responses: readonly SurveyResponse[]) => {
      stored.responses.push(...responses);
    },
    storePastCalls: async (records: readonly DischargeRecord[], calls: readonly FollowUpCall[]) => {
      stored.records.push(...records);
      stored.calls.push(...calls);
    },
    listHash,
  };
  await fillMonth(deps, context, period);
  return stored;
}
