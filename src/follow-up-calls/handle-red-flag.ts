import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Principal } from '../shared/principal.ts';
import { openIdentity } from './discharge-sealing.ts';
import type { PatientIdentity } from './discharge-sealing.ts';
import type { DischargeStore } from './discharge.store.ts';
import { notePlaceOf } from './log-attempt.ts';
import { redFlagsOf } from './red-flag.ts';
import type { RedFlag, RedFlagOutcome } from './red-flag.ts';
import type { RedFlagStore } from './red-flag.store.ts';
import type { SilenceKind } from './silence.ts';
import type { SilencePersons } from './silence-person.ts';

/** What handling a red flag needs. */
export interface HandleRedFlagDeps {
  readonly redFlags: Omit<RedFlagStore, 'list'>;
  readonly discharges: Pick<DischargeStore, 'findByIds'>;
  readonly silenced: SilencePersons['among'];
  readonly encryption: FieldEncryption;
  /** Who may only read the red flags of a department handles none of them. */
  readonly mayHandleRedFlag: (principal: Principal, departmentCode: string) => boolean;
  readonly clock: Clock;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** One red flag, and which doctor handles it. */
export interface RedFlagRequest {
  readonly callId: string;
  readonly attemptId: string;
  readonly principal: Principal;
  readonly requestId: string;
}

/** What a duty doctor does about a red flag. */
export interface HandleRedFlag {
  /**
   * Takes it on; again by the same doctor changes nothing. `from`: the doctor it is taken over from, as the list named them. Throws
   * `red_flag_taken` when somebody else has it and `red_flag_settled` (conflicts).
   */
  readonly take: (request: RedFlagRequest, from?: string) => Promise<RedFlag>;
  /** Says what came of it; the same outcome again changes nothing. Throws `red_flag_not_yours`, `red_flag_settled` (conflicts). */
  readonly settle: (request: RedFlagRequest, outcome: RedFlagOutcome) => Promise<RedFlag>;
  /** The red flag, and who is to be called: only for the doctor who has it, until it is settled. The reading is audited before. Throws `red_flag_not_yours` (conflict). */
  readonly open: (request: RedFlagRequest) => Promise<OpenedRedFlag>;
}

/** A red flag as its doctor sees it; nobody else sees the patient or the caller's words. */
export interface OpenedRedFlag {
  readonly flag: RedFlag;
  /** Null when the person was erased or is deceased, or the time for which names and numbers are kept is over. */
  readonly patient: PatientIdentity | null;
  /** A wish not to be contacted is told and hides nothing: whether an emergency stands above it is for the doctor to judge. */
  readonly silence: SilenceKind | null;
  /** What the caller wrote about the attempt. */
  readonly note: string | null;
}

type Found = { readonly flag: RedFlag; readonly dischargeId: string; readonly note: string | null };

async function find(
  deps: HandleRedFlagDeps,
  { callId, attemptId, principal }: RedFlagRequest,
): Promise<Found> {
  const call = await deps.redFlags.find(callId);
  const theirs = call && deps.mayHandleRedFlag(principal, call.departmentCode);
  const flag = theirs ? redFlagsOf(call).find((one) => one.attemptId === attemptId) : undefined;
  if (call && flag) {
    const note = call.attempts.find((one) => one.attemptId === attemptId)?.note ?? null;
    return { flag, note, dischargeId: call.dischargeId };
  }
  throw new DomainError(
    'not-found',
    'red_flag_not_found',
    'There is no such red flag among those you handle.',
  );
}

const conflict = (code: string, message: string): DomainError => new DomainError('conflict', code, message);
const settled = (): DomainError => conflict('red_flag_settled', 'This red flag is dealt with already.');
const taken = (): DomainError => conflict('red_flag_taken', 'Another doctor has taken this red flag on.');

const notTheirs = (): DomainError =>
  conflict('red_flag_not_yours', 'Take this red flag on before saying what came of it.');

function record(deps: HandleRedFlagDeps, action: string, request: RedFlagRequest): Promise<void> {
  const { callId, principal, requestId } = request;
  const subject = `follow-up-call/${callId}`;
  const actor = principal.accountId;
  return deps.recordAuditEvent({ actor, action, subject, outcome: 'succeeded', requestId });
}

function createTake(deps: HandleRedFlagDeps): HandleRedFlag['take'] {
  return async (request, from) => {
    const { callId, attemptId, principal } = request;
    const { accountId: takenBy, displayName: takenByName } = principal;
    const { escalation } = (await find(deps, request)).flag;
    if (escalation?.settledAt) throw settled();
    if (escalation?.takenBy !== takenBy) {
      const takenAt = deps.clock.now();
      const now = { attemptId, takenBy, takenByName, takenAt, outcome: null, settledAt: null };
      const done =
        from === undefined
          ? await deps.redFlags.take(callId, now)
          : await deps.redFlags.takeOver(callId, now, from);
      if (done) await record(deps, 'red-flag.take', request);
    }
    const { flag } = await find(deps, request);
    // Two clicks of one doctor at once are one; two doctors are not.
    if (flag.escalation?.takenBy !== takenBy) throw taken();
    return flag;
  };
}

function createSettle(deps: HandleRedFlagDeps): HandleRedFlag['settle'] {
  return async (request, outcome) => {
    const { callId, attemptId, principal } = request;
    const by = principal.accountId;
    await find(deps, request);
    const done = await deps.redFlags.settle(callId, { attemptId, by, outcome, at: deps.clock.now() });
    if (done) await record(deps, 'red-flag.settle', request);
    const { flag } = await find(deps, request);
    const { escalation } = flag;
    if (!escalation?.settledAt) throw notTheirs();
    if (escalation.takenBy !== by || escalation.outcome !== outcome) throw settled();
    return flag;
  };
}

function createOpen(deps: HandleRedFlagDeps): HandleRedFlag['open'] {
  return async (request) => {
    const { flag, dischargeId, note } = await find(deps, request);
    const { escalation } = flag;
    const has = escalation?.takenBy === request.principal.accountId && escalation.settledAt === null;
    const [discharge] = has ? await deps.discharges.findByIds([dischargeId]) : [];
    if (!discharge) throw notTheirs();
    await record(deps, 'identity.read', request);
    const silence = (await deps.silenced([discharge])).get(discharge.id) ?? null;
    const place = notePlaceOf(request.callId, request.attemptId);
    return {
      flag,
      silence,
      patient: silence === 'deceased' ? null : openIdentity(discharge, deps.encryption),
      note: note === null ? null : deps.encryption.decrypt(note, place),
    };
  };
}

/** Builds what a duty doctor does about red flags; a flag of a department for which the person is no duty doctor is not there (`red_flag_not_found`). */
export function createHandleRedFlag(deps: HandleRedFlagDeps): HandleRedFlag {
  return { take: createTake(deps), settle: createSettle(deps), open: createOpen(deps) };
}
