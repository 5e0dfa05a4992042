import type { Clock } from '../shared/clock.ts';
import type { RecordAuditEvent } from './audit-event.ts';
import type { AuditEventStore } from './audit-event.store.ts';

/** What recording needs from outside. */
export interface RecordAuditEventDeps {
  readonly store: Pick<AuditEventStore, 'append'>;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Records events at the present moment. Rejects when the event could not be kept, so that what it stands for is not done unseen. */
export function createRecordAuditEvent(deps: RecordAuditEventDeps): RecordAuditEvent {
  return (event) => deps.store.append({ ...event, id: deps.newId(), at: deps.clock.now() });
}
