import { Schema, trusted } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { DeliveryChange } from './delivery-retry.ts';
import type { Delivery, DeliveryAttempt, DeliveryState } from './delivery.ts';

type Row = Omit<Delivery, 'id'> & { readonly _id: string };

const attemptsKept = 50;

const attemptSchema = new Schema<DeliveryAttempt>(
  {
    n: { type: Number, required: true },
    messageId: { type: String, required: true },
    startedAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    outcome: { type: String, required: true },
    reply: { type: String, default: null },
  },
  { _id: false },
);

const rowSchema = new Schema<Row>({
  _id: { type: String, required: true },
  period: { type: String, required: true },
  departmentCode: { type: String, required: true },
  revision: { type: Number, required: true },
  recipient: {
    name: { type: String, required: true },
    email: { type: String, required: true },
    language: { type: String, required: true },
    role: { type: String, required: true },
  },
  state: { type: String, required: true },
  sending: { type: Number, required: true },
  attempts: { type: [attemptSchema], default: [] },
  reason: { type: String, default: null },
  nextAttemptAt: { type: Date, required: true },
  leaseUntil: { type: Date, default: null },
});
rowSchema.index({ state: 1, nextAttemptAt: 1 });
rowSchema.index({ period: 1, departmentCode: 1 });

/** The ledger of deliveries. Every change is one conditional update of one row, so that two instances never both win. */
export interface DeliveryStore {
  /** Whether this call made the row; false when it was there already, which is then left as it is. */
  readonly insertIfAbsent: (row: Delivery) => Promise<boolean>;
  readonly find: (id: string) => Promise<Delivery | null>;
  /** Every row of a month, by department, revision, recipient. */
  readonly ofPeriod: (period: ReportingPeriod) => Promise<readonly Delivery[]>;
  /** The queued row that has been due longest. */
  readonly nextDue: (now: Date) => Promise<Delivery | null>;
  /** Leases a queued row for a new attempt; null when somebody else was faster. */
  readonly claim: (claim: {
    readonly id: string;
    readonly attempt: DeliveryAttempt;
    readonly now: Date;
    readonly leaseUntil: Date;
  }) => Promise<Delivery | null>;
  /** Ends attempt `n` when it is still the row's last and the row is in one of `from`; false when it is not. */
  readonly record: (record: {
    readonly id: string;
    readonly n: number;
    readonly from: readonly DeliveryState[];
    readonly change: DeliveryChange;
    readonly endedAt: Date;
  }) => Promise<boolean>;
  /** Makes rows whose lease has run out `unknown`; returns how many. */
  readonly expireLeases: (now: Date) => Promise<number>;
  /** Queues a row for sending number `sending` + 1; null when it is queued, under way or has been re-sent meanwhile. */
  readonly requeue: (id: string, sending: number, now: Date) => Promise<Delivery | null>;
}

function deliveryOf(row: Row | null): Delivery | null {
  if (!row) return null;
  const { _id, ...rest } = row;
  return { id: _id, ...rest };
}

type Rows = Model<Row>;

function ledgerRows(rows: Rows): Pick<DeliveryStore, 'insertIfAbsent' | 'find' | 'ofPeriod' | 'nextDue'> {
  return {
    insertIfAbsent: async ({ id, ...row }) => {
      try {
        const { upsertedCount } = await rows.updateOne({ _id: id }, { $setOnInsert: row }, { upsert: true });
        return upsertedCount === 1;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    find: async (id) => deliveryOf(await rows.findById(id).lean<Row>()),
    ofPeriod: async (period) => {
      const found = await rows
        .find({ period })
        .sort({ departmentCode: 1, revision: 1, _id: 1 })
        .lean<Row[]>();
      return found.map(deliveryOf).filter((row) => row !== null);
    },
    nextDue: async (now) => {
      const due = { state: 'queued' as const, nextAttemptAt: trusted({ $lte: now }) };
      return deliveryOf(await rows.findOne(due).sort({ nextAttemptAt: 1 }).lean<Row>());
    },
  };
}

function ledgerAttempts(rows: Rows): Pick<DeliveryStore, 'claim' | 'record' | 'expireLeases'> {
  return {
    claim: async ({ id, attempt, now, leaseUntil }) => {
      const free = {
        _id: id,
        state: 'queued' as const,
        nextAttemptAt: trusted({ $lte: now }),
        'attempts.n': trusted({ $not: { $gte: attempt.n } }),
      };
      const lease = {
        $set: { state: 'sending' as const, leaseUntil },
        $push: { attempts: { $each: [attempt], $slice: -attemptsKept } },
      };
      return deliveryOf(await rows.findOneAndUpdate(free, lease, { returnDocument: 'after' }).lean<Row>());
    },
    record: async ({ id, n, from, change, endedAt }) => {
      const { outcome, reply, ...fields } = change;
      const sameAttempt = {
        _id: id,
        state: trusted({ $in: [...from] }),
        'attempts.n': trusted({ $eq: n, $not: { $gt: n } }),
      };
      const end = {
        'attempts.$[attempt].outcome': outcome,
        'attempts.$[attempt].reply': reply,
        'attempts.$[attempt].endedAt': endedAt,
      };
      const { matchedCount } = await rows.updateOne(
        sameAttempt,
        { $set: { ...fields, leaseUntil: null, ...end } },
        { arrayFilters: [{ 'attempt.n': n }] },
      );
      return matchedCount === 1;
    },
    expireLeases: async (now) => {
      const end = { 'attempts.$[attempt].outcome': 'unknown', 'attempts.$[attempt].endedAt': now };
      const { modifiedCount } = await rows.updateMany(
        { state: 'sending', leaseUntil: trusted({ $lt: now }) },
        { $set: { state: 'unknown', reason: 'lease-expired', leaseUntil: null, ...end } },
        { arrayFilters: [{ 'attempt.outcome': 'sending' }] },
      );
      return modifiedCount;
    },
  };
}

/** The store of the ledger: collection `deliveries`. */
export function createDeliveryStore(connection: Connection): DeliveryStore {
  const rows = defineCollection<Row>(connection, 'deliveries', rowSchema);
  return {
    ...ledgerRows(rows),
    ...ledgerAttempts(rows),
    requeue: async (id, sending, now) => {
      const again = {
        $set: { state: 'queued' as const, sending: sending + 1, nextAttemptAt: now, reason: null },
      };
      const ended = {
        _id: id,
        sending,
        state: trusted({ $in: ['accepted', 'failed', 'unknown'] satisfies DeliveryState[] }),
      };
      return deliveryOf(await rows.findOneAndUpdate(ended, again, { returnDocument: 'after' }).lean<Row>());
    },
  };
}
