import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { openDatabase } from '../../src/database/connect.ts';

/** A database of one test's own on the engine of this run. */
export interface TestDatabase {
  readonly connection: Connection;
  readonly dbName: string;
  readonly uri: string;
  /** Builds the indexes of every collection defined so far; throws when one cannot be built. */
  readonly buildIndexes: () => Promise<void>;
  /** Drops the database and closes the connection: call it in `afterAll`. */
  readonly drop: () => Promise<void>;
}

/** Opens an empty database with a name nobody else has, with the rules of the service's own connection. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const uri = process.env['TEST_MONGODB_URI'];
  if (uri === undefined) throw new Error('TEST_MONGODB_URI is not set: run the tests with `npm test`.');
  const worker = process.env['JEST_WORKER_ID'] ?? '0';
  const dbName = `test_${worker}_${randomBytes(6).toString('hex')}`;
  const database = openDatabase({ uri, dbName });
  await database.connected();
  return {
    connection: database.connection,
    dbName,
    uri,
    buildIndexes: async () => {
      await database.buildIndexes();
      const { ready, reason } = await database.status();
      if (!ready) throw new Error(reason);
    },
    drop: async () => {
      await database.connection.dropDatabase();
      await database.close();
    },
  };
}
