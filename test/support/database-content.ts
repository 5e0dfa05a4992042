import { openDatabase } from '../../src/database/connect.ts';
import { contentHash } from '../../src/shared/content-hash.crypto.ts';

/** A hash of everything a database holds, but the collections left out: equal when nothing was stored, changed or removed. */
export async function databaseContent(dbName: string, leftOut: readonly string[]): Promise<string> {
  const database = openDatabase({ uri: process.env['TEST_MONGODB_URI'] ?? '', dbName });
  await database.connected();
  try {
    const found = (await database.connection.listCollections()).map(({ name }) => name).toSorted();
    const kept = found.filter((name) => !leftOut.includes(name));
    const rows = kept.map(async (name) => {
      const all = await database.connection.collection(name).find({}).sort({ _id: 1 }).toArray();
      return `${name} ${JSON.stringify(all)}`;
    });
    return contentHash(await Promise.all(rows));
  } finally {
    await database.close();
  }
}
