import { Schema } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import type { AuditEvent } from './audit-event.ts';

/** An event as it is kept. */
export interface StoredAuditEvent extends AuditEvent {
  readonly id: string;
}

interface Row extends AuditEvent {
  readonly _id: string;
}

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  at: { type: Date, required: true },
  actor: { type: String, required: true },
  action: { type: String, required: true },
  subject: { type: String, required: true },
  outcome: { type: String, enum: ['attempted', 'succeeded', 'failed', 'refused'], required: true },
  requestId: { type: String },
  fields: { type: [String], default: undefined },
});
schema.index({ at: -1 });
schema.index({ subject: 1, at: -1 });

/** The audit trail. It grows only: there is no function that changes or removes an event. */
export interface AuditEventStore {
  /** Adds one event; a second one under the same id rejects. */
  readonly append: (event: StoredAuditEvent) => Promise<void>;
  /** The latest events of one subject, newest first, at most `limit`. */
  readonly ofSubject: (subject: string, limit: number) => Promise<readonly StoredAuditEvent[]>;
  /** The latest events of all, newest first, at most `limit`. */
  readonly latest: (limit: number) => Promise<readonly StoredAuditEvent[]>;
}

const eventOf = ({ _id: id, ...event }: Row): StoredAuditEvent => ({ id, ...event });

/** Stores events in the collection `auditEvents`. */
export function createAuditEventStore(connection: Connection): AuditEventStore {
  const model = defineCollection<Row>(connection, 'auditEvents', schema);
  const read = async (filter: { subject?: string }, limit: number): Promise<readonly StoredAuditEvent[]> => {
    const rows = await model.find(filter).sort({ at: -1 }).limit(limit).lean<Row[]>();
    return rows.map(eventOf);
  };
  return {
    append: async ({ id, ...event }) => {
      await model.create({ _id: id, ...event });
    },
    ofSubject: (subject, limit) => read({ subject }, limit),
    latest: (limit) => read({}, limit),
  };
}
