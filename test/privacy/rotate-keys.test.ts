import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Model } from 'mongoose';
import { defineContacts } from '../../src/contacts/contact.store.ts';
import type { ContactDocument } from '../../src/contacts/contact.store.ts';
import { contactPlace } from '../../src/contacts/contact.ts';
import { createSealedContacts } from '../../src/contacts/sealed-contacts.store.ts';
import { createKeyRing, encryptionKeyId } from '../../src/privacy/field-encryption.crypto.ts';
import { keyIdOf } from '../../src/privacy/field-encryption.ts';
import type { KeyRing } from '../../src/privacy/field-encryption.ts';
import { createKeyHolderStore } from '../../src/privacy/key-holder.store.ts';
import type { KeyHolderStore } from '../../src/privacy/key-holder.store.ts';
import { createReEncryptFields } from '../../src/privacy/re-encrypt-fields.ts';
import type { ReEncryptFields } from '../../src/privacy/re-encrypt-fields.ts';
import { createRotateKeys } from '../../src/privacy/rotate-keys.ts';
import type { SealedRecords } from '../../src/privacy/sealed-records.ts';
import { deepRuns } from '../support/deep.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const newKey = (): string => randomBytes(32).toString('base64');
const [older, newer] = [newKey(), newKey()];
const now = new Date('2026-11-02T01:00:00Z');
const clock = { now: (): Date => now };
const records = deepRuns(200, 5_000);

let database: TestDatabase;
let contacts: Model<ContactDocument>;
let sealed: SealedRecords;
let holders: KeyHolderStore;
let waited: number;

const idOf = (index: number): string => `c${String(index).padStart(6, '0')}`;
const wait = (ms: number): Promise<void> => {
  waited += ms;
  return Promise.resolve();
};

/** What a service instance does with a contact: reads it whole, and writes it anew under the key that is current there. */
async function write(ring: KeyRing, id: string, plain: string): Promise<void> {
  await contacts.updateOne({ _id: id }, { $set: { sealed: ring.encrypt(plain, contactPlace(id)) } });
}

async function readAll(ring: KeyRing): Promise<readonly string[]> {
  const found = await contacts.find({}).sort({ _id: 1 }).lean<ContactDocument[]>();
  return found.map(({ _id, sealed: text }) => ring.decrypt(text, contactPlace(_id)));
}

async function keysInUse(): Promise<readonly string[]> {
  const found = await contacts.find({}).lean<ContactDocument[]>();
  return [...new Set(found.map(({ sealed: text }) => keyIdOf(text)))];
}

const passOver = (ring: KeyRing, over: SealedRecords = sealed): ReEncryptFields =>
  createReEncryptFields({ sealed: [over], ring });

beforeEach(async () => {
  database = await openTestDatabase();
  contacts = defineContacts(database.connection);
  sealed = createSealedContacts(contacts);
  holders = createKeyHolderStore(database.connection);
  waited = 0;
  const ring = createKeyRing([older]);
  await contacts.insertMany(
    Array.from({ length: records }, (_, index) => ({
      _id: idOf(index),
      sealed: ring.encrypt(`plain ${index}`, contactPlace(idOf(index))),
      receivedAt: now,
      eraseAt: now,
    })),
  );
});
afterEach(() => database.drop());

describe('rotating keys', () => {
  test(
    'under load: two instances re-encrypt while others read and write; no write is lost and nothing is ever unreadable',
    async () => {
      const [one, two, writer] = [1, 2, 3].map(() => createKeyRing([newer, older]));
      const unmoved = createKeyRing([older, newer]);
      if (!one || !two || !writer) throw new Error('three rings');
      const written = new Map<number, string>();
      const load = { on: true };
      const write20 = async (): Promise<void> => {
        for (let round = 0; load.on || round < 5; round += 1) {
          for (let n = 0; n < 20; n += 1) {
            const index = (round * 37 + n * 13) % records;
            const plain = `changed ${index} in ${round}`;
            // Some instances have not made the new key current yet: they write under the old one.
            await write(n % 2 === 0 ? writer : unmoved, idOf(index), plain);
            written.set(index, plain);
          }
        }
      };
      const read = async (): Promise<void> => {
        while (load.on) expect(await readAll(writer)).toHaveLength(records);
      };
      const loaded = Promise.all([write20(), read()]);
      await Promise.all([passOver(one)(), passOver(two)()]);
      load.on = false;
      await loaded;
      const deps = { ring: one, reEncryptFields: passOver(one), holders, keyFile: null, clock, wait };
      const rotation = await createRotateKeys(deps)();

      expect(rotation).toMatchObject({
        currentKey: encryptionKeyId(newer),
        olderKeys: [encryptionKeyId(older)],
        movedTo: [],
      });
      expect(await keysInUse()).toEqual([encryptionKeyId(newer)]);
      const expected = Array.from({ length: records }, (_, index) => written.get(index) ?? `plain ${index}`);
      expect(await readAll(createKeyRing([newer]))).toEqual(expected);
    },
    deepRuns(30_000, 300_000),
  );

  test('a text that a writer changes between reading and replacing stays the writer’s', async () => {
    const ring = createKeyRing([newer, older]);
    const slow: SealedRecords = {
      ...sealed,
      reseal: async (id, fields) => {
        if (id === idOf(3)) await write(ring, id, 'the writer was faster');
        return sealed.reseal(id, fields);
      },
    };

    const [pass] = await passOver(ring, slow)();

    expect(pass).toMatchObject({ fields: records, reEncrypted: records - 1, left: 1, unreadable: 0 });
    expect((await readAll(ring))[3]).toBe('the writer was faster');
  });

  test('killed in the middle it goes on where it was, and what was done is not done again', async () => {
    const ring = createKeyRing([newer, older]);
    let done = 0;
    const killed: SealedRecords = {
      ...sealed,
      reseal: (id, fields) => {
        done += 1;
        if (done > 50) throw new Error('killed');
        return sealed.reseal(id, fields);
      },
    };
    await expect(passOver(ring, killed)()).rejects.toThrow('killed');
    expect(await readAll(ring)).toHaveLength(records);
    expect(await keysInUse()).toHaveLength(2);

    const [rest] = await passOver(ring)();

    expect(rest).toMatchObject({ fields: records, reEncrypted: records - 50, left: 0 });
    expect(await keysInUse()).toEqual([encryptionKeyId(newer)]);
  });

  test('a text no key opens keeps the older keys: nothing may be destroyed', async () => {
    const stranger = createKeyRing([newKey()]);
    await write(stranger, idOf(7), 'lost');
    const ring = createKeyRing([newer, older]);
    const deps = { ring, reEncryptFields: passOver(ring), holders, keyFile: null, clock, wait };

    await expect(createRotateKeys(deps)()).rejects.toThrow(
      '1 text(s) are under a key that is not in the list',
    );
  });

  test('nothing is written under a key that a living instance does not have; one that has died does not count', async () => {
    const ring = createKeyRing([newer, older]);
    const deps = { ring, reEncryptFields: passOver(ring), holders, keyFile: null, clock, wait };
    const [oldId] = createKeyRing([older]).ids();
    await holders.tell({ instance: 'ward#1', keyIds: [oldId ?? ''], seenAt: now });

    await expect(createRotateKeys(deps)()).rejects.toThrow('The instance ward#1 does not use the key');
    expect(waited).toBeGreaterThanOrEqual(60_000);
    expect(await keysInUse()).toEqual([oldId]);

    await holders.tell({
      instance: 'ward#1',
      keyIds: [oldId ?? ''],
      seenAt: new Date(now.getTime() - 61_000),
    });
    expect(await createRotateKeys(deps)()).toMatchObject({ reEncrypted: records });
  });
});
