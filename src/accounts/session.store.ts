import { Schema } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { DomainError } from '../shared/domain-error.ts';

interface SessionDocument {
  readonly _id: string;
  readonly session: { readonly accountId?: string };
  readonly expires: Date;
  readonly lastModified: Date;
}

const schema = new Schema<SessionDocument>({
  _id: { type: String, required: true },
  session: { type: Schema.Types.Mixed, required: true },
  expires: Date,
  lastModified: Date,
});
schema.index({ expires: 1 }, { expireAfterSeconds: 0 });
schema.index({ 'session.accountId': 1 });

/** Where the session adapter keeps its documents. */
export interface SessionDatabase {
  readonly client: ReturnType<Connection['getClient']>;
  readonly dbName: string;
  readonly collectionName: string;
}

/** The logged-in sessions of all instances. */
export interface SessionStore {
  /** Throws `database_unavailable` before the first connection stands. */
  readonly database: () => SessionDatabase;
  /** Ends every session of an account; tells how many there were. */
  readonly endAll: (accountId: string) => Promise<number>;
}

/** Sessions in the collection `sessions`; those past their time are removed by a TTL index. */
export function createSessionStore(connection: Connection): SessionStore {
  const collectionName = 'sessions';
  const model = defineCollection<SessionDocument>(connection, collectionName, schema);
  return {
    database: () => {
      const { db } = connection;
      if (db === undefined) {
        throw new DomainError('unavailable', 'database_unavailable', 'The database does not answer.');
      }
      return { client: connection.getClient(), dbName: db.databaseName, collectionName };
    },
    endAll: async (accountId) =>
      (await model.collection.deleteMany({ 'session.accountId': accountId })).deletedCount,
  };
}
