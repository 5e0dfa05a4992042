import { type Connection, type ConnectOptions, mongo, Mongoose } from 'mongoose';
import { buildIndexesOf, type IndexFailure } from './build-indexes.ts';
import { isDatabaseUnavailable, isRefusedLogin } from './database-error.ts';
import { restartOnLostHeartbeat } from './lost-heartbeat.ts';
import { retryUntil } from './retry.ts';

/** Where the database is and how long to wait for it; the times are ms. */
export interface DatabaseOptions {
  readonly uri: string;
  readonly dbName: string;
  /** How long one operation waits for a server before it fails as unavailable (default 3000). */
  readonly serverSelectionTimeoutMs?: number;
  /** How long one operation waits for the server's answer (default 120 000; counting a month takes longer of its own). */
  readonly socketTimeoutMs?: number;
  /** The most connections to the server (default 50). */
  readonly maxPoolSize?: number;
  /** The wait between two attempts to reach a database that is away (default 500). */
  readonly retryMs?: number;
}

/** Whether the service may take work, and if not, why: a sentence without any value from a document. */
export interface DatabaseStatus {
  readonly ready: boolean;
  readonly reason?: string;
}

/** The open database. It exists before the server is reachable, and finds it again by itself when it comes back. */
export interface Database {
  /** For `defineCollection`. While the server is away its operations fail: at once before the first connection, later after the selection limit. */
  readonly connection: Connection;
  /** Resolves at the first successful connection, or when the database is closed; never rejects. */
  readonly connected: () => Promise<void>;
  /** Builds the indexes of every defined collection, waiting for the server as long as it takes; never rejects: `status()` tells. */
  readonly buildIndexes: () => Promise<void>;
  /** True when the server answers within `limitMs` (default 1000); never rejects. */
  readonly ping: (limitMs?: number) => Promise<boolean>;
  /** Ready when the server answers and every index stands; otherwise the reason. Never rejects, takes about 1 s at most. */
  readonly status: () => Promise<DatabaseStatus>;
  /** Closes every connection; safe to call twice, and while the server is away. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the database without waiting for it. Every write is acknowledged by the majority after its journal; nothing is
 * buffered; filters are sanitised; no index is built behind our back. Throws only for a malformed address.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const stopping = new AbortController();
  const { connection, openUri } = prepare(options, stopping.signal);
  const retry = { waitMs: options.retryMs ?? 500, signal: stopping.signal };
  let away = 'The database does not answer.';
  let indexes: IndexFailure | null = { reason: 'The indexes are not built yet.' };

  const first = retryUntil(
    openUri,
    (error) => {
      if (isRefusedLogin(error)) away = 'The database refuses the user name or the password of MONGODB_URI.';
      return true;
    },
    retry,
  );
  const ping = (limitMs = 1_000): Promise<boolean> =>
    stopping.signal.aborted ? Promise.resolve(false) : answers(connection, limitMs);
  return {
    connection,
    connected: async () => {
      await first;
    },
    buildIndexes: async () => {
      await first;
      await retryUntil(
        async () => {
          indexes = await buildIndexesOf(connection);
        },
        isDatabaseUnavailable,
        retry,
      );
    },
    ping,
    status: async () => {
      const reason = (await ping()) ? indexes?.reason : away;
      return reason === undefined ? { ready: true } : { ready: false, reason };
    },
    close: async () => {
      stopping.abort();
      await first;
      await connection.close();
    },
  };
}

async function answers(connection: Connection, limitMs: number): Promise<boolean> {
  if (connection.db === undefined) return false;
  try {
    await connection.db.command({ ping: 1 }, { timeoutMS: limitMs });
    return true;
  } catch {
    return false;
  }
}

/** Connecting may take 3 s; an awaited heartbeat is answered after 10 s when nothing changes. */
const connectTimeoutMs = 3_000;
const heartbeatLimits = { plainMs: connectTimeoutMs + 2_000, awaitedMs: connectTimeoutMs + 17_000 };

function prepare(
  options: DatabaseOptions,
  stopping: AbortSignal,
): { connection: Connection; openUri: () => Promise<void> } {
  // Throws for a malformed address, which no waiting would mend; opens nothing.
  void new mongo.MongoClient(options.uri);
  const rules = { bufferCommands: false, autoIndex: false, autoCreate: false, sanitizeFilter: true };
  // An instance of our own: the rules hold for this database and change nothing global.
  const connection = new Mongoose({ ...rules, strictQuery: 'throw' }).createConnection();
  const settings: ConnectOptions = {
    ...rules,
    dbName: options.dbName,
    serverSelectionTimeoutMS: options.serverSelectionTimeoutMs ?? 3_000,
    connectTimeoutMS: connectTimeoutMs,
    waitQueueTimeoutMS: 5_000,
    socketTimeoutMS: options.socketTimeoutMs ?? 120_000,
    maxPoolSize: options.maxPoolSize ?? 50,
    writeConcern: { w: 'majority', journal: true },
  };
  const openUri = async (): Promise<void> => {
    await connection.openUri(options.uri, settings);
    const stopWatching = restartOnLostHeartbeat(connection.getClient(), heartbeatLimits);
    stopping.addEventListener('abort', stopWatching, { once: true });
  };
  return { connection, openUri };
}
