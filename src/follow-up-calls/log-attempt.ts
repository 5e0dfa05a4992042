import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { BlindIndex } from '../privacy/blind-index.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { Principal } from '../shared/principal.ts';
import { attemptContent, attemptFaults } from './attempt-input.ts';
import type { AttemptInput } from './attempt-input.ts';
import { realAttempts, withAttempt } from './attempt-recording.ts';
import type { NewAttempt } from './attempt-recording.ts';
import { callClaimed, callClosed } from './call-conflict.ts';
import type { CallRules } from './call-rules.ts';
import type { AttemptFrame } from './next-attempt.ts';
import { findCall } from './find-call.ts';
import type { FindCallDeps } from './find-call.ts';
import type { CallAttempt, CallStanding, FollowUpCall } from './follow-up-call.ts';
import type { FollowUpCallStore } from './follow-up-call.store.ts';
import type { PersonConsents } from './person-consents.ts';
import type { SilencePersons } from './silence-person.ts';
import type { SubmitInterview } from './submit-interview.ts';

/** What logging an attempt needs. */
export interface LogAttemptDeps extends FindCallDeps {
  readonly calls: Pick<FollowUpCallStore, 'find' | 'addAttempt' | 'settle'>;
  readonly submitInterview: SubmitInterview;
  readonly foundDeceased: SilencePersons['foundDeceased'];
  readonly personConsents: Pick<PersonConsents, 'record'>;
  readonly encryption: FieldEncryption;
  readonly blindIndex: BlindIndex;
  readonly translate: Translate;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly clock: Clock;
  readonly time: HospitalTime;
  readonly rules: CallRules;
  readonly isQuietDay?: AttemptFrame['isQuietDay'];
}

/** An attempt at a call, by a person, answered in a language. */
export interface AttemptRequest {
  readonly callId: string;
  readonly attempt: AttemptInput;
  readonly principal: Principal;
  readonly locale: Locale;
  readonly requestId?: string;
}

/** How the call stood after the attempt: the same for the first sending and every replay. */
export interface AttemptResult extends CallStanding {
  readonly callId: string;
  readonly attemptId: string;
}

/** Logs an attempt once. `replayed` tells 201 from 200. */
export type LogAttempt = (
  request: AttemptRequest,
) => Promise<{ readonly result: AttemptResult; readonly replayed: boolean }>;

/** Attempts that collide with other writers this often mean that something is wrong. */
const maxTries = 10;

/**
 * Logs one attempt: first the interview becomes a response, then one atomic write puts the attempt on the call; a crash
 * between the two is completed by sending it again or by the reconciler. A death silences the person in every channel. The same `attemptId` again gives the first result.
 * Throws `call_not_found`, `attempt_invalid` (with every fault), `attempt_conflict` (another content under the same id),
 * `call_closed`, `call_claimed`, and what storing the interview throws.
 */
export function createLogAttempt(deps: LogAttemptDeps): LogAttempt {
  return async (request) => {
    const { callId, attempt, principal } = request;
    const fingerprint = deps.blindIndex('attempt', attemptContent(callId, attempt));
    let submitted = false;
    for (let tries = 0; tries < maxTries; tries += 1) {
      const call = await findCall(deps, callId, principal);
      const known = call.attempts.find(({ attemptId }) => attemptId === attempt.attemptId);
      if (known) return replay(deps, request, call, { known, fingerprint });
      if (!submitted) {
        check(deps, request, call);
        if (attempt.interview) await deps.submitInterview(call, attempt.interview, request.locale);
        submitted = attempt.interview !== undefined;
      }
      const { attempts, standing } = withAttempt(
        realAttempts(call.attempts),
        newAttempt(deps, request, fingerprint),
        { ...call, ...deps },
      );
      if (await deps.calls.addAttempt(callId, call.attempts, attempts, standing)) {
        await deps.recordAuditEvent({
          ...byOf(request),
          action: 'follow-up-call.attempt',
          subject: `follow-up-call/${callId}`,
          outcome: 'succeeded',
        });
        if (attempt.disposition === 'deceased') await deps.foundDeceased(call.dischargeId, byOf(request));
        await recordRefusal(deps, request, call.dischargeId);
        return { result: { callId, attemptId: attempt.attemptId, ...standing }, replayed: false };
      }
    }
    throw new DomainError('unavailable', 'call_busy', 'Too many people write to this call at once.');
  };
}

/** Who asks, for the audit trail. */
function byOf({ principal, requestId }: AttemptRequest): {
  readonly actor: string;
  readonly requestId?: string;
} {
  return { actor: principal.accountId, ...(requestId === undefined ? {} : { requestId }) };
}

/** What a person said of further calls is in the ledger after the attempt; sending the attempt again completes it. */
async function recordRefusal(
  deps: LogAttemptDeps,
  request: AttemptRequest,
  dischargeId: string,
): Promise<void> {
  const { attempt } = request;
  if (!attempt.noFurtherCalls) return;
  const noticeVersion = attempt.interview?.noticeVersion ?? attempt.noticeVersion ?? null;
  const refusal = {
    purpose: 'satisfaction-call',
    state: 'refused',
    channel: 'phone',
    noticeVersion,
  } as const;
  const by = { ...byOf(request), causeId: `attempt\n${attempt.attemptId}` };
  try {
    await deps.personConsents.record(dischargeId, refusal, by);
  } catch (error) {
    // Without a number and 住院号 there is nobody to know again: what remains is the call, and the attempt closes it.
    if (!(error instanceof DomainError) || error.code !== 'person_gone') throw error;
  }
}

async function replay(
  deps: LogAttemptDeps,
  request: AttemptRequest,
  { dischargeId }: FollowUpCall,
  { known, fingerprint }: { readonly known: CallAttempt; readonly fingerprint: string },
): ReturnType<LogAttempt> {
  const { callId } = request;
  if (known.fingerprint !== fingerprint) {
    throw new DomainError(
      'conflict',
      'attempt_conflict',
      'Another attempt was already logged under this id.',
    );
  }
  await recordRefusal(deps, request, dischargeId);
  await deps.calls.settle(callId, deps.clock.now());
  return { result: { callId, attemptId: known.attemptId, ...known.standing }, replayed: true };
}

function check(deps: LogAttemptDeps, request: AttemptRequest, call: FollowUpCall): void {
  const { attempt, principal, locale } = request;
  const now = deps.clock.now();
  const awaited = attempt.interview !== undefined && call.attempts.some(({ reconciled }) => reconciled);
  const late = deps.time.dateOf(attempt.startedAt) > call.closesOn;
  if ((call.state === 'closed' && !awaited) || late) throw callClosed();
  if (call.claim && call.claim.by !== principal.accountId && call.claim.until > now) throw callClaimed();
  const faults = attemptFaults(attempt, now, { ...call, ...deps });
  if (faults.length === 0) return;
  const errors = faults.map(({ pointer, code }) => {
    return { pointer, code, detail: deps.translate(locale, `follow-up-calls:fault.${code}`) };
  });
  throw new DomainError('invalid', 'attempt_invalid', 'The attempt is not complete.', { errors });
}

function newAttempt(deps: LogAttemptDeps, request: AttemptRequest, fingerprint: string): NewAttempt {
  const { attempt, callId, principal } = request;
  const { attemptId, disposition, startedAt, durationSeconds, note } = attempt;
  return {
    attemptId,
    disposition,
    startedAt,
    durationSeconds,
    fingerprint,
    way: 'phone',
    by: principal.accountId,
    recordedAt: deps.clock.now(),
    note: note ? deps.encryption.encrypt(note, notePlaceOf(callId, attemptId)) : null,
    callBackAt: attempt.callBackAt ?? null,
    redFlag: attempt.redFlag ?? false,
    reconciled: false,
  };
}

/** What the note of an attempt is bound to. */
export function notePlaceOf(callId: string, attemptId: string): string {
  return `follow-up-call/${callId}/note/${attemptId}`;
}
