import { keyIdOf } from './field-encryption.ts';
import type { KeyRing } from './field-encryption.ts';
import type { Resealed, SealedRecord, SealedRecords } from './sealed-records.ts';

/** What re-encrypting needs. */
export interface ReEncryptDeps {
  readonly sealed: readonly SealedRecords[];
  readonly ring: KeyRing;
}

/** What a pass over one collection found and did. */
export interface ReEncryption {
  readonly collection: string;
  readonly fields: number;
  /** Texts that are now under the current key. */
  readonly reEncrypted: number;
  /** Texts under another key that a writer replaced at the same moment: the next pass looks at them again. */
  readonly left: number;
  /** Texts that no key of this process opens. */
  readonly unreadable: number;
}

/** Goes once over every collection; told of each batch. */
export type ReEncryptFields = (tell?: (so: ReEncryption) => void) => Promise<readonly ReEncryption[]>;

const batchSize = 200;

type Outcome = Omit<ReEncryption, 'collection'>;

/**
 * Puts every encrypted field under the current key. A text is replaced only while it is what was read, so that a concurrent
 * write is never lost; it may be stopped, run again, and run by several processes at once.
 */
export function createReEncryptFields({ sealed, ring }: ReEncryptDeps): ReEncryptFields {
  return async (tell) => {
    const done: ReEncryption[] = [];
    for (const records of sealed) {
      let sum: ReEncryption = {
        collection: records.collection,
        fields: 0,
        reEncrypted: 0,
        left: 0,
        unreadable: 0,
      };
      let page = await records.list('', batchSize);
      while (page.length > 0) {
        for (const record of page) sum = added(sum, await reEncrypt(ring, records, record));
        tell?.(sum);
        page = await records.list(page.at(-1)?.id ?? '', batchSize);
      }
      done.push(sum);
    }
    return done;
  };
}

function added(sum: ReEncryption, one: Outcome): ReEncryption {
  return {
    collection: sum.collection,
    fields: sum.fields + one.fields,
    reEncrypted: sum.reEncrypted + one.reEncrypted,
    left: sum.left + one.left,
    unreadable: sum.unreadable + one.unreadable,
  };
}

async function reEncrypt(ring: KeyRing, records: SealedRecords, record: SealedRecord): Promise<Outcome> {
  const [current] = ring.ids();
  const older = record.fields.filter(({ text }) => keyIdOf(text) !== current);
  const resealed: Resealed[] = [];
  for (const { path, text, place } of older) {
    const plain = openedBy(ring, text, place);
    if (plain !== null) resealed.push({ path, before: text, after: ring.encrypt(plain, place) });
  }
  const reEncrypted = resealed.length === 0 ? 0 : await records.reseal(record.id, resealed);
  return {
    fields: record.fields.length,
    reEncrypted,
    left: resealed.length - reEncrypted,
    unreadable: older.length - resealed.length,
  };
}

function openedBy(ring: KeyRing, text: string, place: string): string | null {
  try {
    return ring.decrypt(text, place);
  } catch {
    return null;
  }
}
