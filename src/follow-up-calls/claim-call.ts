import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Principal } from '../shared/principal.ts';
import { callClaimed, callClosed, isOver } from './call-conflict.ts';
import type { CallRules } from './call-rules.ts';
import { findCall } from './find-call.ts';
import type { FindCallDeps } from './find-call.ts';
import type { FollowUpCall } from './follow-up-call.ts';
import type { FollowUpCallStore } from './follow-up-call.store.ts';

/** What claiming needs. */
export interface ClaimCallDeps extends FindCallDeps {
  readonly calls: Pick<FollowUpCallStore, 'find' | 'claim'>;
  readonly clock: Clock;
  readonly time: HospitalTime;
  readonly rules: CallRules;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** Gives a call to one person. */
export type ClaimCall = (id: string, principal: Principal, requestId?: string) => Promise<FollowUpCall>;

/**
 * Gives an open call to one person for the claim's minutes; one's own claim is renewed. Of any number who try at once one
 * wins. Throws `call_not_found`, `call_closed` (conflict) or `call_claimed` (conflict: another person has it).
 */
export function createClaimCall(deps: ClaimCallDeps): ClaimCall {
  return async (id, principal, requestId) => {
    const call = await findCall(deps, id, principal);
    const now = deps.clock.now();
    if (isOver(call, deps.time.dateOf(now))) throw callClosed();
    const until = new Date(now.getTime() + deps.rules.claimMinutes * 60_000);
    const claim = { by: principal.accountId, byName: principal.displayName, until };
    const claimed = await deps.calls.claim(id, claim, now);
    if (!claimed) {
      const { state } = await findCall(deps, id, principal);
      throw state === 'closed' ? callClosed() : callClaimed();
    }
    await deps.recordAuditEvent({
      actor: principal.accountId,
      action: 'follow-up-call.claim',
      subject: `follow-up-call/${id}`,
      outcome: 'succeeded',
      ...(requestId === undefined ? {} : { requestId }),
    });
    return claimed;
  };
}
