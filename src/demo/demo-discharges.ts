import { admissionKeys } from '../follow-up-calls/admission-key.ts';
import { sealDischarge } from '../follow-up-calls/discharge-sealing.ts';
import type { DischargeKeys } from '../follow-up-calls/discharge-sealing.ts';
import { opensCall } from '../follow-up-calls/call-rules.ts';
import type { CallRules } from '../follow-up-calls/call-rules.ts';
import type { DischargeRecord } from '../follow-up-calls/discharge.ts';
import type { DischargeWay, FollowUpCall } from '../follow-up-calls/follow-up-call.ts';
import type { AttemptFrame } from '../follow-up-calls/next-attempt.ts';
import { notePlaceOf } from '../follow-up-calls/log-attempt.ts';
import type { SourceKey, SourceKeys } from '../privacy/source-key.ts';
import { addDays } from '../shared/reporting-period.ts';
import { answerSheets } from './answer-sheets.ts';
import { answererOf, daysUntilNow, monthlyCount, ratesOf, wordsOf } from './demo-answers.ts';
import type { DemoAnswer, DemoContext, DemoPlace } from './demo-answers.ts';
import { workedCall } from './demo-calls.ts';
import type { DemoCallContext } from './demo-calls.ts';
import { seededRandom } from './seeded-random.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What discharges and their calls need besides. */
export interface DemoDischargeContext extends DemoContext {
  readonly keys: DischargeKeys & { readonly sourceKeys: SourceKeys };
  readonly rules: CallRules;
  readonly isQuietDay?: AttemptFrame['isQuietDay'];
  /** Patient group whose form is asked by phone. */
  readonly phoneGroup: string;
}

/** A department's discharges of a month, their calls as they stand now, and the interviews that were given. */
export interface DemoDischarges {
  readonly records: readonly DischargeRecord[];
  readonly calls: readonly FollowUpCall[];
  readonly interviews: readonly DemoAnswer[];
}

/** Numbers of the segment 154, which no mobile network has. */
const phonePrefix = '1540000';
const registeredAt = '07:00';
const nursesStopAt = '09:40';

function wayOf(random: SeededRandom): DischargeWay {
  const number = random.next();
  if (number < 0.94) return 'home';
  if (number < 0.97) return 'transfer';
  return number < 0.99 ? 'against-advice' : 'died';
}

/** The HIS hands over each morning who was discharged the day before. */
function recordsOf(
  context: DemoDischargeContext,
  place: DemoPlace,
  random: SeededRandom,
): readonly DischargeRecord[] {
  const { hospital, keys, now, time } = context;
  const { activity, period } = place;
  const days = daysUntilNow(context, period);
  const count = monthlyCount(activity.discharges, context, period, random);
  return Array.from({ length: days.length === 0 ? 0 : count }, (_, index) => {
    const dischargedOn = random.pick(days);
    const discharge = {
      admissionNo: `DEMO-${activity.code}-${period}-${String(index + 1).padStart(3, '0')}`,
      departmentCode: activity.code,
      dischargedOn,
      dischargeWay: wayOf(random),
      patientName: random.pick(hospital.people.surnames) + random.pick(hospital.people.givenNames),
      phone: phonePrefix + String(random.between(0, 9999)).padStart(4, '0'),
    };
    const registered = time.momentOf(addDays(dischargedOn, 1), registeredAt);
    const known = admissionKeys(discharge, false, keys.blindIndex);
    const id = context.idOf('discharge', discharge.admissionNo);
    return sealDischarge(discharge, known, { id, now: registered, trial: false }, keys);
  }).filter(({ createdAt }) => createdAt <= now);
}

function callContext(context: DemoDischargeContext): DemoCallContext {
  const { keys, now, time } = context;
  return {
    ...context,
    calls: context.hospital.calls,
    workedUntil: time.momentOf(addDays(time.dateOf(now), -1), nursesStopAt),
    sealNote: (note, callId, attemptId) => keys.encryption.encrypt(note, notePlaceOf(callId, attemptId)),
  };
}

function interviewsOf(
  context: DemoDischargeContext,
  place: DemoPlace,
  { calls, sourceKey }: { readonly calls: readonly FollowUpCall[]; readonly sourceKey: SourceKey },
  random: SeededRandom,
): readonly DemoAnswer[] {
  const form = context.formOf(context.phoneGroup, place.period);
  const given = calls.filter(({ outcome }) => outcome === 'complete');
  if (!form) return [];
  const sheets = answerSheets(form, given.length, ratesOf(context, place), random);
  // The moods are dealt to patients who come in no order.
  const order = given
    .map((call) => ({ call, place: random.next() }))
    .toSorted((one, other) => one.place - other.place);
  return order.map(({ call }, index) => {
    const words = wordsOf(form, index < order.length * 0.8, context, {
      departmentCode: call.departmentCode,
      random,
    });
    return {
      form,
      receivedAt: call.attempts.at(-1)?.recordedAt ?? call.openedAt,
      source: {
        verification: 'call',
        sourceKey: sourceKey('call-source', call.id),
        dischargedOn: call.countedOn,
      },
      submission: {
        submissionId: context.idOf('interview', call.id),
        formId: form.id,
        formVersion: form.version,
        departmentCode: call.departmentCode,
        mode: 'phone',
        answeredBy: answererOf('phone', place.activity, random),
        answers: sheets[index] ?? {},
        ...words,
      },
    };
  });
}

/** Everything that follows from a department's discharges of a month. */
export function demoDischarges(
  context: DemoDischargeContext,
  place: DemoPlace,
  sourceKey: SourceKey,
): DemoDischarges {
  const random = seededRandom('discharges', place.activity.code, place.period);
  const records = recordsOf(context, place, random);
  const course = callContext(context);
  const calls = records
    .filter(({ dischargeWay }) => opensCall(dischargeWay, context.rules))
    .map((record) => workedCall(record, course, random));
  return { records, calls, interviews: interviewsOf(context, place, { calls, sourceKey }, random) };
}
