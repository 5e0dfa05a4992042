import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
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
import { demoAt, monthOf, shippedCatalogue } from './demo-world.ts';

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
    praise: praise?.text ? { text: praise.text } : undefined,
    answeredOn: answeredOn ?? undefined,
  };
  return checkSubmission(submission, {
    form: shippedCatalogue.find(response.formId, response.formVersion),
    departmentKnown: true,
    isColleague: () => false,
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

  test('the same moment gives the same answers, another the same month’s anew under the same ids', async () => {
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
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('every discharge is a row the service would take, with a number of the segment no network has', async () => {
    const world = demoAt(new Date('2026-11-24T02:00:00Z'));
    const { records } = await monthOf(world, '2026-10');

    for (const record of records) {
      const { name, phone } = openIdentity(record, world.context.keys.encryption);
      const { departmentCode, dischargedOn } = record;
      const row = { admissionNo: 'DEMO-1', departmentCode, dischargedOn, patientName: name, phone };
      expect(readDischargeRow(row).faults).toEqual([]);
      expect(phone).toMatch(/^154\d{8}$/);
      expect(JSON.stringify(record)).not.toContain(phone);
    }
  });

  test('every attempt falls into the calling hours and is one that could have been logged', async () => {
    const now = new Date('2026-11-24T02:00:00Z');
    const { calls, responses } = await monthOf(demoAt(now), '2026-11');
    const frame = { rules: defaultCallRules, time };

    expect(calls.some(({ attempts }) => attempts.length > 1)).toBe(true);
    for (const call of calls) {
      for (const attempt of call.attempts) {
        const { disposition, startedAt, recordedAt, callBackAt, note } = attempt;
        const interview =
          disposition === 'complete'
            ? { interview: { submissionId: '', formId: '', formVersion: 1, answers: {} } }
            : {};
        const input = {
          ...attempt,
          ...interview,
          note: note ?? undefined,
          callBackAt: callBackAt ?? undefined,
        };
        expect(attemptFaults(input, recordedAt, { ...call, ...frame })).toEqual([]);
        expect(canCallAt(startedAt, { ...call, ...frame })).toBe(true);
        expect(recordedAt.getTime()).toBeLessThan(now.getTime());
      }
    }
    const ended = calls.filter(({ attempts }) =>
      attempts.some(({ disposition }) => ruleOf(disposition).retry === 'close'),
    );
    expect(ended.filter(({ state }) => state === 'open')).toEqual([]);
    const complete = calls.filter(({ outcome }) => outcome === 'complete');
    expect(responses.filter(({ mode }) => mode === 'phone')).toHaveLength(complete.length);
  });

  test('there are calls to make at any hour, some at a time the patient asked for', async () => {
    for (const hour of ['00:30', '08:00', '11:00', '16:00', '23:30']) {
      const now = time.momentOf('2026-11-24', hour);
      const world = demoAt(now);
      const months = await Promise.all(['2026-10', '2026-11'].map(async (period) => monthOf(world, period)));
      const due = months
        .flatMap(({ calls }) => calls)
        .filter(
          ({ state, nextAttemptAt, closesOn }) =>
            state === 'open' && nextAttemptAt <= now && closesOn >= '2026-11-24',
        );
      expect(due.length).toBeGreaterThanOrEqual(10);
      expect(due.length).toBeLessThanOrEqual(50);
    }
  });
});
