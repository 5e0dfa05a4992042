import { Schema } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import type { AuditMac } from './chained-event.ts';

/** What the audit knows of itself: up to which day events were removed, and what the last verification found. */
export type AuditStateName = 'removed-up-to' | 'verification';

interface Row {
  readonly _id: AuditStateName;
  readonly text: string;
  readonly mac: string;
}

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  text: { type: String, required: true },
  mac: { type: String, required: true },
});

/** Notes under a keyed code: one that somebody else has written is not read. */
export interface AuditStateStore {
  readonly put: (name: AuditStateName, value: unknown) => Promise<void>;
  /** Null when there is none; `forged` when its code is not ours. */
  readonly get: (name: AuditStateName) => Promise<{ readonly value: unknown } | 'forged' | null>;
}

/** Stores notes in the collection `auditStates`. */
export function createAuditStateStore(connection: Connection, mac: AuditMac): AuditStateStore {
  const model = defineCollection<Row>(connection, 'auditStates', schema);
  const codeOf = (name: AuditStateName, text: string): string => mac('state', JSON.stringify([name, text]));
  return {
    put: async (_id, value) => {
      const text = JSON.stringify(value);
      await model.replaceOne({ _id }, { _id, text, mac: codeOf(_id, text) }, { upsert: true });
    },
    get: async (_id) => {
      const row = await model.findOne({ _id }).lean<Row | null>();
      if (!row) return null;
      return row.mac === codeOf(_id, row.text) ? { value: JSON.parse(row.text) as unknown } : 'forged';
    },
  };
}
