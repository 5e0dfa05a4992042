import type { FieldError } from '../shared/domain-error.ts';
import type { AnsweredBy } from '../survey-responses/survey-response.ts';
import type { GivenPraise } from '../survey-responses/praise.ts';
import { mayAgreeTime, ruleOf } from './disposition.ts';
import type { DispositionCode } from './disposition.ts';
import { canCallAt } from './next-attempt.ts';
import type { AttemptFrame } from './next-attempt.ts';

/** The interview of a call, as the client sends it. */
export interface Interview {
  readonly submissionId: string;
  readonly formId: string;
  readonly formVersion: number;
  readonly answers: Readonly<Record<string, string>>;
  readonly comment?: string | undefined;
  readonly praise?: GivenPraise | undefined;
  readonly answeredBy?: AnsweredBy | undefined;
  /** 隐私告知 that was read out. */
  readonly noticeVersion?: string | undefined;
}

/** One attempt, as the client sends it. */
export interface AttemptInput {
  /** Made by the client; the same id again is the same attempt. */
  readonly attemptId: string;
  readonly disposition: DispositionCode;
  readonly startedAt: Date;
  readonly durationSeconds: number;
  readonly interview?: Interview | undefined;
  readonly note?: string | undefined;
  readonly callBackAt?: Date | undefined;
  readonly redFlag?: boolean | undefined;
  /** The person wants no further satisfaction call, now and after later stays. */
  readonly noFurtherCalls?: boolean | undefined;
  /** 隐私告知 that was read out, when no interview tells it. */
  readonly noticeVersion?: string | undefined;
}

/** A fault of an attempt, its text still to be looked up under `follow-up-calls:fault`. */
export type AttemptFault = Omit<FieldError, 'detail'>;

const fault = (pointer: string, code: string): AttemptFault => ({ pointer, code });

/** A client's clock may be ahead of ours by this much, ms. */
const clockTolerance = 5 * 60_000;

function interviewFaults({ disposition, interview }: AttemptInput): readonly AttemptFault[] {
  const rule = ruleOf(disposition).interview;
  const nothing = Object.keys(interview?.answers ?? {}).length === 0;
  if (rule === 'required' && nothing) return [fault('/interview', 'interview_required')];
  if (rule === 'refused' && interview) return [fault('/interview', 'interview_refused')];
  return [];
}

function callBackFaults(
  { disposition, callBackAt }: AttemptInput,
  now: Date,
  frame: AttemptFrame,
): readonly AttemptFault[] {
  if (!callBackAt)
    return disposition === 'call-back' ? [fault('/callBackAt', 'call_back_time_required')] : [];
  if (!mayAgreeTime(disposition)) return [fault('/callBackAt', 'call_back_time_refused')];
  if (callBackAt <= now) return [fault('/callBackAt', 'call_back_time_past')];
  return canCallAt(callBackAt, frame) ? [] : [fault('/callBackAt', 'call_back_time_outside')];
}

/**
 * Everything that is wrong with an attempt, all at once: an interview that is missing or does not belong, a note that is
 * needed, a time that was agreed but cannot be kept, a start that lies in the future.
 */
export function attemptFaults(input: AttemptInput, now: Date, frame: AttemptFrame): readonly AttemptFault[] {
  const { noteNeeded } = ruleOf(input.disposition);
  return [
    ...interviewFaults(input),
    ...(noteNeeded && !input.note ? [fault('/note', 'note_required')] : []),
    ...callBackFaults(input, now, frame),
    ...(input.startedAt.getTime() > now.getTime() + clockTolerance
      ? [fault('/startedAt', 'start_in_future')]
      : []),
  ];
}

/**
 * What makes two sendings under one id the same attempt: everything but how long it took, which a second click measures
 * anew. Deterministic text, to be fingerprinted under a key.
 */
export function attemptContent(callId: string, input: AttemptInput): string {
  return JSON.stringify([
    callId,
    input.disposition,
    input.startedAt.toISOString(),
    input.note ?? '',
    input.callBackAt?.toISOString() ?? '',
    input.redFlag ?? false,
    input.interview ? interviewContent(input.interview) : null,
    ...(input.noFurtherCalls ? ['noFurtherCalls'] : []),
  ]);
}

function interviewContent({ praise, ...interview }: Interview): readonly unknown[] {
  return [
    interview.submissionId,
    interview.formId,
    interview.formVersion,
    Object.entries(interview.answers).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    interview.comment ?? '',
    praise?.staffNumber ?? '',
    praise?.text ?? '',
    interview.answeredBy ?? '',
  ];
}
