import { Schema, trusted } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import type { ErasedCounts, Erasure } from './erasure.ts';

type Row = Omit<Erasure, 'id'> & { readonly _id: string };

const required = true;
const count = { type: Number, required };
const schema = new Schema<Row>({
  _id: { type: String, required },
  dischargeIds: { type: [String], required },
  contactIds: { type: [String], required },
  submissionIds: { type: [String], default: [] },
  requestedAt: { type: Date, required },
  requestedBy: { type: String, required },
  askedBy: { type: String, required },
  reason: { type: String, required },
  counts: {
    type: new Schema<ErasedCounts>(
      {
        discharges: count,
        callsClosed: count,
        notes: count,
        contacts: count,
        namedAnswers: count,
        texts: count,
      },
      { _id: false },
    ),
    required,
  },
  byWords: { type: Boolean, default: false },
  sealedWords: { type: String, default: null },
  completedAt: { type: Date, default: null },
});
schema.index({ requestedAt: -1 });

/** Erasures on request, each with its receipt. */
export interface ErasureStore {
  /** Keeps one that begins; false when its id is there already. After the journal. */
  readonly begin: (erasure: Erasure) => Promise<boolean>;
  readonly find: (id: string) => Promise<Erasure | null>;
  /** Marks as completed and forgets what it was done to, but the ids of answers: a restore may bring back their words. */
  readonly complete: (id: string, at: Date) => Promise<void>;
  readonly unfinished: (before: Date) => Promise<readonly Erasure[]>;
  /** Answers that erasures named. */
  readonly namedAnswers: () => Promise<readonly string[]>;
  readonly latest: (limit: number) => Promise<readonly Erasure[]>;
}

const durable = { writeConcern: { w: 'majority', j: true } } as const;
/** What is told of a receipt, and no more: older ones hold a number of answers besides. */
function countsOf({
  discharges,
  callsClosed,
  notes,
  contacts,
  namedAnswers,
  texts,
}: Partial<ErasedCounts>): ErasedCounts {
  return {
    discharges: discharges ?? 0,
    callsClosed: callsClosed ?? 0,
    notes: notes ?? 0,
    contacts: contacts ?? 0,
    namedAnswers: namedAnswers ?? 0,
    texts: texts ?? 0,
  };
}

type StoredRow = Partial<Row> & Omit<Row, 'counts' | 'submissionIds' | 'byWords' | 'sealedWords'>;

const erasureOf = ({
  _id: id,
  counts,
  submissionIds,
  byWords,
  sealedWords,
  ...rest
}: StoredRow): Erasure => ({
  id,
  ...rest,
  submissionIds: submissionIds ?? [],
  counts: countsOf(counts ?? {}),
  byWords: byWords ?? false,
  sealedWords: sealedWords ?? null,
});

/** The collection `erasures`. */
export function createErasureStore(connection: Connection): ErasureStore {
  const rows = defineCollection<Row>(connection, 'erasures', schema);
  return {
    begin: async ({ id, ...erasure }) => {
      try {
        const { upsertedCount } = await rows.updateOne(
          { _id: id },
          { $setOnInsert: erasure },
          { upsert: true, ...durable },
        );
        return upsertedCount === 1;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    find: async (id) => {
      const found = await rows.findById(id).lean<Row>();
      return found && erasureOf(found);
    },
    complete: async (id, completedAt) => {
      await rows.updateOne(
        { _id: id },
        { $set: { completedAt, dischargeIds: [], contactIds: [], sealedWords: null } },
        durable,
      );
    },
    unfinished: async (before) => {
      const filter = { completedAt: null, requestedAt: trusted({ $lt: before }) };
      return (await rows.find(filter).lean<Row[]>()).map(erasureOf);
    },
    namedAnswers: async () => rows.distinct('submissionIds'),
    latest: async (limit) => {
      return (await rows.find({}).sort({ requestedAt: -1 }).limit(limit).lean<Row[]>()).map(erasureOf);
    },
  };
}
