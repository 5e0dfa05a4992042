import { withAttempt } from '../follow-up-calls/attempt-recording.ts';
import type { NewAttempt } from '../follow-up-calls/attempt-recording.ts';
import { openingOf } from '../follow-up-calls/discharge.ts';
import type { DischargeRecord } from '../follow-up-calls/discharge.ts';
import { dispositionCodes, mayAgreeTime, ruleOf } from '../follow-up-calls/disposition.ts';
import type { DispositionCode } from '../follow-up-calls/disposition.ts';
import { canCallAt, dayPartOf } from '../follow-up-calls/next-attempt.ts';
import type { AttemptFrame } from '../follow-up-calls/next-attempt.ts';
import type { CallAttempt, CallStanding, FollowUpCall } from '../follow-up-calls/follow-up-call.ts';
import type { CallRules } from '../follow-up-calls/call-rules.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { addDays } from '../shared/reporting-period.ts';
import type { DemoDispositions, DemoHospital } from './demo-hospital.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What making the calls of the past needs. */
export interface DemoCallContext {
  readonly calls: DemoHospital['calls'];
  readonly rules: CallRules;
  /** Days on which nobody calls. */
  readonly isQuietDay?: AttemptFrame['isQuietDay'];
  readonly time: HospitalTime;
  /** Until when the nurses have worked: what was due later is still to be done. */
  readonly workedUntil: Date;
  readonly idOf: (...name: readonly (string | number)[]) => string;
  /** Encrypts a note for its place. */
  readonly sealNote: (note: string, callId: string, attemptId: string) => string;
}

const minuteMs = 60_000;
const agreedTimes = ['09:30', '10:00', '11:00', '14:30', '15:00', '16:00', '18:30', '19:00'] as const;
const redFlagShare = 0.004;

function dispositionOf(shares: DemoDispositions, random: SeededRandom): DispositionCode {
  let left = random.next();
  const found = dispositionCodes.find((code) => {
    left -= shares[code] ?? 0;
    return left < 0;
  });
  return found ?? 'no-answer';
}

/** A time the patient asks for: within two days, in the hours and the window, or none. */
function agreedTime(startedAt: Date, frame: AttemptFrame, random: SeededRandom): Date | null {
  const { time } = frame;
  const day = addDays(time.dateOf(startedAt), random.between(1, 2));
  const wanted = time.momentOf(day, random.pick(agreedTimes));
  return canCallAt(wanted, frame) ? wanted : null;
}

/** When the nurse gets round to it: on the minute when it was agreed, else somewhere in the same part of the day. */
function startOf(last: CallAttempt | undefined, due: Date, frame: AttemptFrame, random: SeededRandom): Date {
  const agreed = last?.callBackAt?.getTime() === due.getTime();
  const wait = agreed ? random.between(0, 6) : random.between(2, 115);
  const later = new Date(due.getTime() + wait * minuteMs + random.between(0, 59) * 1000);
  const samePart = dayPartOf(later, frame.rules, frame.time) === dayPartOf(due, frame.rules, frame.time);
  return samePart ? later : new Date(due.getTime() + minuteMs);
}

function durationOf(code: DispositionCode, random: SeededRandom): number {
  if (code === 'complete') return random.between(110, 320);
  return ruleOf(code).group === 'not-reached' ? random.between(15, 45) : random.between(20, 90);
}

function noteOf(
  context: DemoCallContext,
  code: DispositionCode,
  redFlag: boolean,
  random: SeededRandom,
): string | null {
  if (redFlag) return random.pick(context.calls.redFlagNotes);
  return ruleOf(code).noteNeeded ? random.pick(context.calls.notes) : null;
}

function attemptAt(
  startedAt: Date,
  { id, attempts: earlier }: Pick<FollowUpCall, 'id' | 'attempts'>,
  context: DemoCallContext & { readonly frame: AttemptFrame; readonly shares: DemoDispositions },
  random: SeededRandom,
): NewAttempt {
  const wanted = dispositionOf(context.shares, random);
  const callBackAt =
    mayAgreeTime(wanted) && ruleOf(wanted).retry === 'agreed'
      ? agreedTime(startedAt, context.frame, random)
      : null;
  const disposition = wanted === 'call-back' && callBackAt === null ? 'no-answer' : wanted;
  const redFlag = disposition === 'complete' && random.chance(redFlagShare);
  const attemptId = context.idOf('attempt', id, earlier.length);
  const durationSeconds = durationOf(disposition, random);
  const note = noteOf(context, disposition, redFlag, random);
  return {
    attemptId,
    disposition,
    startedAt,
    durationSeconds,
    fingerprint: '',
    way: 'phone',
    by: 'demonstration',
    recordedAt: new Date(startedAt.getTime() + (durationSeconds + 20) * 1000),
    note: note === null ? null : context.sealNote(note, id, attemptId),
    callBackAt,
    redFlag,
    reconciled: false,
  };
}

/**
 * The satisfaction call of a discharge with every attempt the nurses have made by now: each falls when the rules make it due
 * and leaves the call as the rules say. The same random numbers give the same call.
 */
export function workedCall(
  record: DischargeRecord,
  context: DemoCallContext,
  random: SeededRandom,
): FollowUpCall {
  const { rules, time, isQuietDay } = context;
  const opened = openingOf(record, record.createdAt, { rules, time, isQuietDay });
  const { dueOn, closesOn } = opened;
  const frame = { dueOn, closesOn, rules, time, isQuietDay };
  const { dispositions, unreachable, unreachableDispositions } = context.calls;
  const shares = random.chance(unreachable) ? unreachableDispositions : dispositions;
  let attempts: readonly CallAttempt[] = [];
  let standing: CallStanding = opened;
  while (standing.state === 'open') {
    const startedAt = startOf(attempts.at(-1), standing.nextAttemptAt, frame, random);
    if (startedAt > context.workedUntil) break;
    const attempt = attemptAt(startedAt, { id: opened.id, attempts }, { ...context, frame, shares }, random);
    ({ attempts, standing } = withAttempt(attempts, attempt, frame));
  }
  const { state, outcome, nextAttemptAt } = standing;
  return { ...opened, state, outcome, nextAttemptAt, attempts };
}
