import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { SessionStore } from './session.store.ts';

/** What ending sessions needs. */
export interface EndSessionDeps {
  readonly sessionStore: Pick<SessionStore, 'endOne' | 'endAll'>;
  readonly recordAuditEvent: RecordAuditEvent;
}

/** Whose sessions end. */
export interface EndSessionInput {
  readonly accountId: string;
  readonly requestId: string;
}

/** Ends one of a person's own sessions. */
export type EndSession = (input: EndSessionInput & { readonly sessionId: string }) => Promise<void>;

/** Ends all of a person's sessions but the one they use; tells how many. */
export type EndOtherSessions = (
  input: EndSessionInput & { readonly currentId: string | null },
) => Promise<number>;

const eventOf = ({ accountId, requestId }: EndSessionInput): Parameters<RecordAuditEvent>[0] => ({
  actor: accountId,
  action: 'session.end',
  subject: `account/${accountId}`,
  outcome: 'succeeded',
  requestId,
});

/** Ending a session, from now on and on every instance. Throws `session_not_found` (not-found) for one that is not the person's. */
export function createEndSession(deps: EndSessionDeps): EndSession {
  return async (input) => {
    if (!(await deps.sessionStore.endOne(input.accountId, input.sessionId))) {
      throw new DomainError('not-found', 'session_not_found', 'There is no such session.');
    }
    await deps.recordAuditEvent(eventOf(input));
  };
}

/** Ending all others. */
export function createEndOtherSessions(deps: EndSessionDeps): EndOtherSessions {
  return async (input) => {
    const ended = await deps.sessionStore.endAll(input.accountId, input.currentId ?? '');
    if (ended > 0) await deps.recordAuditEvent(eventOf(input));
    return ended;
  };
}
