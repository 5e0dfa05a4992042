import type { Model } from 'mongoose';
import type { SealedRecords } from '../privacy/sealed-records.ts';
import { identityPlaceOf } from './discharge-sealing.ts';
import type { SealedIdentity } from './discharge.ts';

interface WithIdentity {
  readonly _id: string;
  readonly identity: SealedIdentity | null;
}

const fields = ['name', 'phone', 'contactPhone', 'admissionNo', 'patientNo'] as const;

/** The encrypted identities of discharges, for the rotation of keys. */
export function createSealedDischarges<T extends WithIdentity>(discharges: Model<T>): SealedRecords {
  const { collection } = discharges;
  return {
    collection: 'discharges',
    list: async (afterId, limit) => {
      const found = await collection
        .find<WithIdentity>({ _id: { $gt: afterId } as never }, { projection: { identity: 1 } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id: id, identity }) => ({
        id,
        fields: fields.flatMap((field) => {
          const text = identity?.[field] ?? null;
          return text === null
            ? []
            : [{ path: `identity.${field}`, text, place: identityPlaceOf(id, field) }];
        }),
      }));
    },
    reseal: async (id, resealed) => {
      const before = Object.fromEntries(resealed.map((one) => [one.path, one.before]));
      const after = Object.fromEntries(resealed.map((one) => [one.path, one.after]));
      const { modifiedCount } = await collection.updateOne(
        { _id: id as never, ...before },
        { $set: after as never },
        { writeConcern: { w: 'majority', journal: true } },
      );
      return modifiedCount * resealed.length;
    },
  };
}
