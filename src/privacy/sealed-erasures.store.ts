import type { Connection } from 'mongoose';
import { wordsPlace } from './erasure-words.ts';
import type { SealedRecords } from './sealed-records.ts';

interface Sealed {
  readonly _id: string;
  readonly sealedWords: string;
}

/** The encrypted words of erasures that are not done yet, for the rotation of keys. */
export function createSealedErasures(connection: Connection): SealedRecords {
  const collection = connection.collection<Sealed>('erasures');
  return {
    collection: 'erasures',
    list: async (afterId, limit) => {
      const found = await collection
        .find({ _id: { $gt: afterId }, sealedWords: { $type: 'string' } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id: id, sealedWords: text }) => ({
        id,
        fields: [{ path: 'sealedWords', text, place: wordsPlace(id) }],
      }));
    },
    reseal: async (id, [one]) => {
      if (one === undefined) return 0;
      const { modifiedCount } = await collection.updateOne(
        { _id: id, sealedWords: one.before },
        { $set: { sealedWords: one.after } },
        { writeConcern: { w: 'majority', journal: true } },
      );
      return modifiedCount;
    },
  };
}
