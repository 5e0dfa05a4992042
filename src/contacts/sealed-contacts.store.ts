import type { Model } from 'mongoose';
import type { SealedRecords } from '../privacy/sealed-records.ts';
import { contactPlace } from './contact.ts';

interface Sealed {
  readonly _id: string;
  readonly sealed: string;
}

/** The encrypted contacts, for the rotation of keys. */
export function createSealedContacts<T extends Sealed>(contacts: Model<T>): SealedRecords {
  const { collection } = contacts;
  return {
    collection: 'contacts',
    list: async (afterId, limit) => {
      const found = await collection
        .find<Sealed>({ _id: { $gt: afterId } as never }, { projection: { sealed: 1 } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id: id, sealed: text }) => ({
        id,
        fields: [{ path: 'sealed', text, place: contactPlace(id) }],
      }));
    },
    reseal: async (id, [one]) => {
      if (one === undefined) return 0;
      const { modifiedCount } = await collection.updateOne(
        { _id: id as never, sealed: one.before },
        { $set: { sealed: one.after } as never },
        { writeConcern: { w: 'majority', journal: true } },
      );
      return modifiedCount;
    },
  };
}
