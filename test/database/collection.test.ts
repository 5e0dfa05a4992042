import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Schema } from 'mongoose';
import { defineCollection } from '../../src/database/collection.ts';
import { isDuplicateKey } from '../../src/database/database-error.ts';
import { openTestDatabase, type TestDatabase } from '../support/test-database.ts';

interface Ward {
  _id: string;
  name: string;
  beds: Record<string, number>;
  closedOn?: string;
}

const wardSchema = new Schema<Ward>({
  _id: { type: String, required: true },
  name: { type: String, required: true },
  beds: { type: Schema.Types.Mixed, required: true },
  closedOn: { type: String },
});
wardSchema.index({ name: 1 }, { unique: true });

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

describe('a collection', () => {
  test('gives back plain objects, with our own key, empty objects kept and nothing added', async () => {
    const wards = defineCollection<Ward>(database.connection, 'wards', wardSchema);
    await database.buildIndexes();

    await wards.create({ _id: 'w1', name: '心内一病区', beds: {} });
    const found: Ward | null = await wards.findById('w1').lean<Ward>();
    const all: Ward[] = await wards.find({ name: '心内一病区' }).lean<Ward[]>();

    expect(found).toEqual({ _id: 'w1', name: '心内一病区', beds: {} });
    expect(all).toEqual([found]);
  });

  test('refuses a filter or a field that its schema does not know, instead of leaving it out', async () => {
    const wards = defineCollection<Ward>(database.connection, 'wards', wardSchema);
    const unknown: object = { bads: 1 };

    await expect(wards.find(unknown).lean()).rejects.toThrow(/bads/u);
    await expect(wards.create({ _id: 'w2', name: 'x', beds: {}, ...unknown })).rejects.toThrow(/bads/u);
    await expect(wards.updateOne({ _id: 'w1' }, { $set: unknown })).rejects.toThrow(/bads/u);
  });

  test('takes no operator from a value in a filter', async () => {
    const wards = defineCollection<Ward>(database.connection, 'wards', wardSchema);
    const fromOutside: object = { name: { $ne: null } };

    await expect(wards.find(fromOutside).lean()).rejects.toThrow(/Cast to string failed/u);
  });

  test('of two documents with one unique key the second is refused as a duplicate', async () => {
    const wards = defineCollection<Ward>(database.connection, 'wards', wardSchema);
    await database.buildIndexes();
    await wards.create({ _id: 'w3', name: '骨科病区', beds: {} });

    const second = wards.create({ _id: 'w4', name: '骨科病区', beds: {} });

    expect(await second.then(() => false, isDuplicateKey)).toBe(true);
  });
});
