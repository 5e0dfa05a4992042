import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Principal } from '../shared/principal.ts';
import { callClaimed, callNotYours } from './call-conflict.ts';
import { openIdentity } from './discharge-sealing.ts';
import type { DischargeStore } from './discharge.store.ts';
import { findCall } from './find-call.ts';
import type { FindCallDeps } from './find-call.ts';
import type { FollowUpCall } from './follow-up-call.ts';
import { notePlaceOf } from './log-attempt.ts';

/** What opening a call's sheet needs. */
export interface OpenCallSheetDeps extends FindCallDeps {
  readonly discharges: Pick<DischargeStore, 'findByIds'>;
  readonly encryption: FieldEncryption;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly clock: Clock;
}

/** All a nurse needs to make a call: the one place where a name and a phone number are in plain. */
export interface CallSheet {
  readonly call: FollowUpCall;
  readonly nursingUnit: string | null;
  readonly patientName: string;
  /** The patient's own, or null. */
  readonly phone: string | null;
  /** 联系人电话, or null. */
  readonly contactPhone: string | null;
  /** 管床医生 and 责任护士, as the HIS names them. */
  readonly doctor: string | null;
  readonly nurse: string | null;
  /** Notes of earlier attempts, oldest first. */
  readonly notes: readonly string[];
}

/** Opens the sheet of a call. */
export type OpenCallSheet = (id: string, principal: Principal, requestId?: string) => Promise<CallSheet>;

/**
 * Reveals who is to be called, to the person who has claimed the call and to nobody else, and records that it was read
 * before it is shown. Throws `call_not_found`, `call_claimed`, and `call_not_yours` (conflict) without a claim.
 */
export function createOpenCallSheet(deps: OpenCallSheetDeps): OpenCallSheet {
  return async (id, principal, requestId) => {
    const call = await findCall(deps, id, principal);
    const valid = call.claim !== null && call.claim.until > deps.clock.now();
    if (valid && call.claim?.by !== principal.accountId) throw callClaimed();
    if (!valid) throw callNotYours();
    const [discharge] = await deps.discharges.findByIds([call.dischargeId]);
    const identity = discharge && openIdentity(discharge, deps.encryption);
    if (!identity)
      throw new DomainError('not-found', 'call_not_found', 'The discharge is not there any more.');
    await deps.recordAuditEvent({
      actor: principal.accountId,
      action: 'identity.read',
      subject: `follow-up-call/${call.id}`,
      outcome: 'succeeded',
      ...(requestId === undefined ? {} : { requestId }),
    });
    const { name, phone, contactPhone } = identity;
    const { nursingUnit, doctor, nurse } = discharge;
    const notes = call.attempts.flatMap(({ note, attemptId }) =>
      note === null ? [] : [deps.encryption.decrypt(note, notePlaceOf(call.id, attemptId))],
    );
    return { call, nursingUnit, doctor, nurse, patientName: name, phone, contactPhone, notes };
  };
}
