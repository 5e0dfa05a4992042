import type { SealedRecords } from '../privacy/sealed-records.ts';
import type { CallCollection, CallDocument } from './follow-up-call-collection.store.ts';
import { notePlaceOf } from './log-attempt.ts';

/** The encrypted notes of call attempts, for the rotation of keys. */
export function createSealedNotes(calls: CallCollection): SealedRecords {
  const { collection } = calls;
  return {
    collection: 'followUpCalls',
    list: async (afterId, limit) => {
      const found = await collection
        .find<Pick<CallDocument, '_id' | 'attempts'>>(
          { _id: { $gt: afterId } as never },
          { projection: { 'attempts.attemptId': 1, 'attempts.note': 1 } },
        )
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id: id, attempts }) => ({
        id,
        fields: attempts.flatMap(({ attemptId, note }) =>
          note === null ? [] : [{ path: attemptId, text: note, place: notePlaceOf(id, attemptId) }],
        ),
      }));
    },
    reseal: async (id, resealed) => {
      let replaced = 0;
      for (const { path: attemptId, before, after } of resealed) {
        const { modifiedCount } = await collection.updateOne(
          { _id: id as never, attempts: { $elemMatch: { attemptId, note: before } } },
          { $set: { 'attempts.$.note': after } as never },
          { writeConcern: { w: 'majority', journal: true } },
        );
        replaced += modifiedCount;
      }
      return replaced;
    },
  };
}
