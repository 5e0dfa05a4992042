import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Principal } from '../shared/principal.ts';

/** Notes that somebody has logged out; nothing when nobody was logged in. */
export type RecordLogOut = (input: {
  readonly principal: Principal | null;
  readonly requestId: string;
}) => Promise<void>;

/** The audit event `session.logout`. */
export function createRecordLogOut(deps: { readonly recordAuditEvent: RecordAuditEvent }): RecordLogOut {
  return async ({ principal, requestId }) => {
    if (!principal) return;
    await deps.recordAuditEvent({
      actor: principal.accountId,
      action: 'session.logout',
      subject: `account/${principal.accountId}`,
      outcome: 'succeeded',
      requestId,
    });
  };
}
