import { Schema } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type { AuditSeal } from './audit-seal.ts';
import type { ChainHead } from './chained-event.ts';

type Row = Omit<AuditSeal, 'day'> & { readonly _id: string };

const head = new Schema<ChainHead>(
  {
    chain: { type: String, required: true },
    seq: { type: Number, required: true },
    mac: { type: String, required: true },
  },
  { _id: false },
);
const schema = new Schema<Row>({
  _id: { type: String, required: true },
  sealedAt: { type: Date, required: true },
  previous: { type: String },
  beganAt: { type: Date, required: true },
  beforeChain: { type: Number, required: true },
  heads: { type: [head], required: true },
  mac: { type: String, required: true },
});

/** The seals, one a day. They are never changed and never removed. */
export interface AuditSealStore {
  /** False when the day has a seal already. */
  readonly add: (seal: AuditSeal) => Promise<boolean>;
  /** Every seal as it is stored, by day, unchecked. */
  readonly all: () => Promise<readonly unknown[]>;
  /** One seal as it is stored, unchecked. */
  readonly find: (day: CalendarDate) => Promise<unknown>;
}

const shapeOf = ({ _id: day, ...row }: Row): unknown => ({ day, ...row });

/** Stores seals in the collection `auditSeals`. */
export function createAuditSealStore(connection: Connection): AuditSealStore {
  const model = defineCollection<Row>(connection, 'auditSeals', schema);
  return {
    add: async ({ day: _id, ...seal }) => {
      try {
        await model.create({ _id, ...seal });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    all: async () => (await model.find({}).sort({ _id: 1 }).lean<Row[]>()).map(shapeOf),
    find: async (_id) => {
      const row = await model.findOne({ _id }).lean<Row | null>();
      return row && shapeOf(row);
    },
  };
}
