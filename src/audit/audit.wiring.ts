import type { Connection } from 'mongoose';
import type { Clock } from '../shared/clock.ts';
import { createAuditEventStore } from './audit-event.store.ts';
import type { AuditEventStore } from './audit-event.store.ts';
import type { RecordAuditEvent } from './audit-event.ts';
import { createRecordAuditEvent } from './record-audit-event.ts';

/** The audit slice. */
export interface AuditSlice {
  readonly recordAuditEvent: RecordAuditEvent;
  readonly store: AuditEventStore;
}

/** Builds the audit trail on a database. */
export function wireAudit(deps: {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly newId: () => string;
}): AuditSlice {
  const store = createAuditEventStore(deps.connection);
  return { recordAuditEvent: createRecordAuditEvent({ ...deps, store }), store };
}
