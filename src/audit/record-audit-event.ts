import type { Clock } from '../shared/clock.ts';
import type { AuditEvent, RecordAuditEvent } from './audit-event.ts';

/** What recording needs from outside. */
export interface RecordAuditEventDeps {
  readonly append: (event: AuditEvent) => Promise<void>;
  readonly clock: Clock;
  /** The client's address of a request that is being answered. */
  readonly addressOf: (requestId: string) => string | undefined;
}

const longestText = 400;

/** A lone surrogate is stored as another character than it is counted as. */
const plain = (text: string): string => Buffer.from(text.slice(0, longestText)).toString();

/** Records events at the present moment. Rejects when the event could not be kept, so that what it stands for is not done unseen. */
export function createRecordAuditEvent(deps: RecordAuditEventDeps): RecordAuditEvent {
  return ({ actor, action, subject, outcome, requestId, fields }) => {
    const address = requestId === undefined ? undefined : deps.addressOf(requestId);
    return deps.append({
      at: deps.clock.now(),
      actor: plain(actor),
      action,
      subject: plain(subject),
      outcome,
      ...(requestId === undefined ? {} : { requestId }),
      ...(fields === undefined ? {} : { fields: fields.map(plain) }),
      ...(address === undefined ? {} : { address }),
    });
  };
}
