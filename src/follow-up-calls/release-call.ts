import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Principal } from '../shared/principal.ts';
import { findCall } from './find-call.ts';
import type { FindCallDeps } from './find-call.ts';
import type { FollowUpCallStore } from './follow-up-call.store.ts';

/** What releasing needs. */
export interface ReleaseCallDeps extends FindCallDeps {
  readonly calls: Pick<FollowUpCallStore, 'find' | 'release'>;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** Gives a call back. */
export type ReleaseCall = (id: string, principal: Principal, requestId?: string) => Promise<void>;

/** Ends one's own claim of a call; without one nothing happens. Throws `call_not_found`. */
export function createReleaseCall(deps: ReleaseCallDeps): ReleaseCall {
  return async (id, principal, requestId) => {
    await findCall(deps, id, principal);
    await deps.calls.release(id, principal.accountId);
    await deps.recordAuditEvent({
      actor: principal.accountId,
      action: 'follow-up-call.release',
      subject: `follow-up-call/${id}`,
      outcome: 'succeeded',
      ...(requestId === undefined ? {} : { requestId }),
    });
  };
}
