import { Schema, trusted } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { OwnSession } from './own-session.ts';

interface SessionDocument {
  readonly _id: string;
  readonly session: {
    readonly accountId?: string;
    readonly credentialVersion?: number;
    readonly startedAt?: number;
    readonly device?: Pick<OwnSession, 'browser' | 'system' | 'kind'>;
    readonly address?: string;
  };
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
  /** Sessions of an account that may still be used, the latest used first. */
  readonly list: (accountId: string) => Promise<readonly OwnSession[]>;
  /** Ends one session of an account; false when it has none of this id. */
  readonly endOne: (accountId: string, id: string) => Promise<boolean>;
  /** Ends every session of an account, but one where it is named; tells how many there were. */
  readonly endAll: (accountId: string, but?: string) => Promise<number>;
}

/** Nobody has so many sessions; a list must end. */
const longestList = 100;

function ownSessionOf({ _id: id, session, lastModified }: SessionDocument): OwnSession {
  const { startedAt = 0, device, address = '' } = session;
  const { browser = '', system = '', kind = 'other' } = device ?? {};
  return { id, startedAt: new Date(startedAt), lastSeenAt: lastModified, browser, system, kind, address };
}

const ofAccount = (accountId: string): { 'session.accountId': string } => ({
  'session.accountId': accountId,
});

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
    list: async (accountId) => {
      // The session adapter writes `expires` by the time of the machine, so the database's own is asked.
      const alive = { $expr: trusted({ $gt: ['$expires', '$$NOW'] }) };
      const found = await model
        .find({ ...ofAccount(accountId), ...alive })
        .sort({ lastModified: -1, _id: 1 })
        .limit(longestList)
        .lean<SessionDocument[]>();
      return found.map(ownSessionOf);
    },
    endOne: async (accountId, id) =>
      (await model.collection.deleteOne({ ...ofAccount(accountId), _id: id as never })).deletedCount === 1,
    endAll: async (accountId, but) => {
      const others = but === undefined ? {} : { _id: { $ne: but as never } };
      return (await model.collection.deleteMany({ ...ofAccount(accountId), ...others })).deletedCount;
    },
  };
}
