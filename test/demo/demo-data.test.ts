import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { demoDischarges } from '../../src/demo/demo-discharges.ts';
import { attemptFaults } from '../../src/follow-up-calls/attempt-input.ts';
import { defaultCallRules } from '../../src/follow-up-calls/call-rules.ts';
import { openIdentity } from '../../src/follow-up-calls/discharge-sealing.ts';
import { readDischargeRow } from '../../src/follow-up-calls/discharge.schema.ts';
import { ruleOf } from '../../src/follow-up-calls/disposition.ts';
import { canCallAt } from '../../src/follow-up-calls/next-attempt.ts';
import { checkSubmission } from '../../src/survey-responses/check-submission.ts';
import { createHospitalTime } from '../../src/shared/hospital-time.ts';
import type { SurveyResponse } from '../../src/survey-responses/survey-response.ts';
import { deepRuns } from '../support/deep.ts';
import { testTranslate } from '../support/test-app.ts';
import { demoColleagues } from '../../src/demo/demo-staff.ts';
import { demoAt, monthOf, shippedCatalogue, shippedHospital } from './demo-world.ts';

const time = createHospitalTime('Asia/Shanghai');
const moments = fc.noShrink(
  fc.date({
    min: new Date('2026-03-01T00:00:00Z'),
    max: new Date('2027-12-31T00:00:00Z'),
    noInvalidDate: true,
  }),
);

function faultsOf(response: SurveyResponse, now: Date): readonly unknown[] {
  const { answers, confidentialAnswers, texts } = response;
  const given = Object.fromEntries([
    ...[...answers, ...confidentialAnswers].map(({ item, option }) => [item, option]),
    ...texts.map(({ item, text }) => [item, text]),
  ]) as Record<string, string>;
  const { comment, answeredOn, praise, ...rest } = response;
  const submission = {
    ...rest,
    answers: given,
    comment: comment ?? undefined,
    praise: praise
      ? { text: praise.text ?? undefined, staffNumber: praise.staffNumber ?? undefined }
      : undefined,
    answeredOn: answeredOn ?? undefined,
  };
  return checkSubmission(submission, {
    form: shippedCatalogue.find(response.formId, response.formVersion),
    departmentKnown: true,
    mayDecline: false,
    isColleague: (staffNumber) =>
      demoColleagues(shippedHospital)(response.departmentCode).includes(staffNumber),
    today: time.dateOf(now),
    translate: testTranslate,
    locale: 'zh-Hans',
  });
}

describe('what a demonstration is made of', () => {
  test('every answer is one that the service would take, received by now and counted in its month', async () => {
    await fc.assert(
      fc.asyncProperty(moments, async (now) => {
        const world = demoAt(now);
        const [period = ''] = world.months.open;
        const { responses } = await monthOf(world, period);
        expect(responses.flatMap((response) => faultsOf(response, now))).toEqual([]);
        expect(responses.filter(({ receivedAt }) => receivedAt > now)).toEqual([]);
        expect(responses.filter((one) => one.period !== period || one.trial)).toEqual([]);
      }),
      { numRuns: deepRuns(2, 60) },
    );
  });

  test('the same moment gives the same answers, discharges and calls, no id twice', async () => {
    const now = new Date('2026-11-24T02:00:00Z');
    const [first, second] = await Promise.all([
      monthOf(demoAt(now), '2026-10'),
      monthOf(demoAt(now), '2026-10'),
    ]);

    expect(second.responses).toEqual(first.responses);
    expect(second.records.map(({ id }) => id)).toEqual(first.records.map(({ id }) => id));
    expect(second.calls.map(({ attempts }) => attempts.length)).toEqual(
      first.calls.map(({ attempts }) => attempts.length),
    );
    const ids = first.responses.map(({ submissionId }) => submissionId);
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !uuid.test(id))).toEqual([]);
  });

  test('every discharge is a row the service would take, with a number of the segment no network has', async () => {
    const world = demoAt(new Date('2026-11-24T02:00:00Z'));
    const { records } = await monthOf(world, '2026-10');

    const faults = records.flatMap((record) => {
      const identity = openIdentity(record, world.context.keys.encryption);
      const name = identity?.name ?? '';
      const phone = identity?.phone ?? '';
      const { departmentCode, dischargedOn } = record;
      const row = { admissionNo: 'DEMO-1', departmentCode, dischargedOn, patientName: name, phone };
      const invented = /^154\d{8}$/.test(phone) && !JSON.stringify(record).includes(phone);
      return invented && readDischargeRow(row).faults.length === 0 ? [] : [departmentCode];
    });
    expect(faults).toEqual([]);
  });

  test('every attempt falls into the calling hours and is one that could have been logged', async () => {
    const now = new Date('2026-11-24T02:00:00Z');
    const { calls, responses } = await monthOf(demoAt(now), '2026-11');
    const frame = { rules: defaultCallRules, time };

    expect(calls.some(({ attempts }) => attempts.length > 1)).toBe(true);
    const interview = { submissionId: '', formId: '', formVersion: 1, answers: { overall: 'satisfied' } };
    const faults = calls.flatMap((call) =>
      call.attempts.flatMap((attempt) => {
        const { disposition, startedAt, recordedAt, callBackAt, note } = attempt;
        const input = {
          ...attempt,
          ...(disposition === 'complete' ? { interview } : {}),
          note: note ?? undefined,
          callBackAt: callBackAt ?? undefined,
        };
        const inTime = canCallAt(startedAt, { ...call, ...frame }) && recordedAt < now;
        return [...attemptFaults(input, recordedAt, { ...call, ...frame }), ...(inTime ? [] : ['time'])];
      }),
    );
    expect(faults).toEqual([]);
    const ended = calls.filter(({ attempts }) =>
      attempts.some(({ disposition }) => ruleOf(disposition).retry === 'close'),
    );
    expect(ended.filter(({ state }) => state === 'open')).toEqual([]);
    const complete = calls.filter(({ outcome }) => outcome === 'complete');
    expect(responses.filter(({ mode }) => mode === 'phone')).toHaveLength(complete.length);
  });

  test('there are calls to make at any hour, some at a time the patient asked for', async () => {
    for (const hour of ['00:30', '11:00', '23:30']) {
      const now = time.momentOf('2026-11-24', hour);
      const { context } = demoAt(now);
      const open = ['2026-10', '2026-11']
        .flatMap((period) => context.hospital.activity.map((activity) => ({ activity, period })))
        .flatMap((place) => demoDischarges(context, place, (_purpose, id) => id).calls)
        .filter(({ state, closesOn }) => state === 'open' && closesOn >= '2026-11-24');
      const due = open.filter(({ nextAttemptAt }) => nextAttemptAt <= now);
      const agreed = open.filter(({ attempts, nextAttemptAt }) => {
        const { callBackAt } = attempts.at(-1) ?? { callBackAt: null };
        return callBackAt?.getTime() === nextAttemptAt.getTime();
      });
      expect(due.length).toBeGreaterThanOrEqual(10);
      expect(due.length).toBeLessThanOrEqual(50);
      expect(agreed.length).toBeGreaterThan(0);
    }
  });
});
