import { Schema, trusted } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import type { SilenceKind } from './silence.ts';

interface Row {
  readonly _id: string;
  readonly kind: SilenceKind;
  readonly since: Date;
  readonly by: string;
}

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  kind: { type: String, required: true },
  since: { type: Date, required: true },
  by: { type: String, required: true },
});

/** Whom nobody contacts any more, by keys that nobody can turn back. */
export interface SilenceStore {
  /** Silences; a death stands before a wish. Safe to repeat; after the journal. */
  readonly keep: (keys: readonly string[], silence: Omit<Row, '_id'>) => Promise<void>;
  /** Lifts silences, or only those that one source keeps; gives how many there were. */
  readonly lift: (keys: readonly string[], by?: string) => Promise<number>;
  /** Takes from silences the stay that told of them, and leaves a day of their moment; they go on working. Safe to repeat; after the journal. */
  readonly blur: (keys: readonly string[], source: string, dayOf: (moment: Date) => Date) => Promise<void>;
  /** Which of some keys are silenced, and why. */
  readonly among: (keys: readonly string[]) => Promise<ReadonlyMap<string, SilenceKind>>;
}

const durable = { writeConcern: { w: 'majority', j: true } } as const;

const oneOf = (keys: readonly string[]): object => ({ _id: trusted({ $in: [...keys] }) });

/** The collection `silences`. */
export function createSilenceStore(connection: Connection): SilenceStore {
  const rows = defineCollection<Row>(connection, 'silences', schema);
  return {
    keep: async (keys, silence) => {
      for (const key of keys) {
        await rows.updateOne({ _id: key }, { $setOnInsert: silence }, { upsert: true, ...durable });
      }
      if (silence.kind === 'deceased')
        await rows.updateMany({ ...oneOf(keys), kind: 'do-not-contact' }, { $set: silence }, durable);
    },
    lift: async (keys, by) => {
      const result = await rows.deleteMany({ ...oneOf(keys), ...(by === undefined ? {} : { by }) });
      return result.deletedCount;
    },
    blur: async (keys, source, dayOf) => {
      const found = await rows.find({ $or: [oneOf(keys), { by: source }] }).lean<Row[]>();
      for (const { _id, since, by } of found) {
        const change = { since: dayOf(since), by: by === source ? 'system' : by };
        await rows.updateOne({ _id, by }, { $set: change }, durable);
      }
    },
    among: async (keys) => {
      if (keys.length === 0) return new Map();
      const found = await rows.find(oneOf(keys)).lean<Row[]>();
      return new Map(found.map(({ _id, kind }) => [_id, kind]));
    },
  };
}
