import { Schema, trusted } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import type { StoredContact } from './contact.ts';

/** A contact as it lies in `contacts`. */
export interface ContactDocument extends Omit<StoredContact, 'id'> {
  readonly _id: string;
}

const schema = new Schema<ContactDocument>({
  _id: { type: String, required: true },
  sealed: { type: String, required: true },
  receivedAt: { type: Date, required: true },
  eraseAt: { type: Date, required: true },
  handledAt: { type: Date, default: null },
});
schema.index({ handledAt: 1, receivedAt: -1, _id: -1 });
schema.index({ eraseAt: 1 });

/** Contacts, apart from answers. */
export interface ContactStore {
  /** Keeps a contact; under an id that is there only its number and name are replaced. After the journal. */
  readonly keep: (contact: Omit<StoredContact, 'handledAt'>) => Promise<void>;
  /** Not handled yet, newest first, after one of them. */
  readonly listOpen: (
    limit: number,
    after: Pick<StoredContact, 'id' | 'receivedAt'> | null,
  ) => Promise<readonly StoredContact[]>;
  /** Received before a moment and not erased yet, by id, after an id. */
  readonly listBefore: (before: Date, after: string, limit: number) => Promise<readonly StoredContact[]>;
  readonly find: (id: string) => Promise<StoredContact | null>;
  /** How many are to be erased by a moment. */
  readonly countDue: (now: Date) => Promise<number>;
  /** When the oldest was received. */
  readonly oldest: () => Promise<Date | null>;
  /** Marks as handled; false when it is not there or was handled before. */
  readonly markHandled: (id: string, at: Date) => Promise<boolean>;
  readonly erase: (ids: readonly string[]) => Promise<number>;
  /** Erases what is due at a moment. */
  readonly eraseDue: (now: Date) => Promise<number>;
}

const contactOf = ({ _id: id, ...rest }: ContactDocument): StoredContact => ({ id, ...rest });

/** Registers the collection `contacts`; call it once a connection. */
export function defineContacts(connection: Connection): Model<ContactDocument> {
  return defineCollection<ContactDocument>(connection, 'contacts', schema);
}

/** The contacts of a collection. */
export function createContactStore(rows: Model<ContactDocument>): ContactStore {
  const durable = { writeConcern: { w: 'majority', j: true } } as const;
  return {
    keep: async ({ id, sealed, receivedAt, eraseAt }) => {
      const change = { $set: { sealed }, $setOnInsert: { receivedAt, eraseAt, handledAt: null } };
      await rows.updateOne({ _id: id }, change, { upsert: true, ...durable });
    },
    listOpen: async (limit, after) => {
      const behind = after && {
        $or: [
          { receivedAt: trusted({ $lt: after.receivedAt }) },
          { receivedAt: after.receivedAt, _id: trusted({ $lt: after.id }) },
        ],
      };
      const found = await rows
        .find({ handledAt: null, ...behind })
        .sort({ receivedAt: -1, _id: -1 })
        .limit(limit)
        .lean<ContactDocument[]>();
      return found.map(contactOf);
    },
    listBefore: async (before, after, limit) => {
      const found = await rows
        .find({ receivedAt: trusted({ $lt: before }), _id: trusted({ $gt: after }) })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<ContactDocument[]>();
      return found.map(contactOf);
    },
    find: async (id) => {
      const found = await rows.findById(id).lean<ContactDocument>();
      return found ? contactOf(found) : null;
    },
    countDue: (now) => rows.countDocuments({ eraseAt: trusted({ $lte: now }) }),
    oldest: async () => {
      const found = await rows.findOne({}).sort({ eraseAt: 1 }).lean<ContactDocument>();
      return found?.receivedAt ?? null;
    },
    markHandled: async (id, at) => {
      const { modifiedCount } = await rows.updateOne(
        { _id: id, handledAt: null },
        { $set: { handledAt: at } },
        durable,
      );
      return modifiedCount === 1;
    },
    erase: async (ids) => (await rows.deleteMany({ _id: trusted({ $in: [...ids] }) })).deletedCount,
    eraseDue: async (now) => (await rows.deleteMany({ eraseAt: trusted({ $lte: now }) })).deletedCount,
  };
}
