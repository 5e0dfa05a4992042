const UNAVAILABLE_NAMES: ReadonlySet<string> = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoPoolClosedError',
  'MongoPoolClearedError',
  'MongoWaitQueueTimeoutError',
  'MongoOperationTimeoutError',
  'MongoClientClosedError',
  'MongoExpiredSessionError',
  'PoolClearedOnNetworkError',
  'DisconnectedError',
]);

/**
 * The server's own codes for "not now": stepping down, shutting down, no primary, network trouble between members,
 * a write that the majority did not confirm in time (https://www.mongodb.com/docs/manual/reference/error-codes/).
 */
const UNAVAILABLE_CODES: ReadonlySet<number> = new Set([
  6, 7, 43, 50, 64, 89, 91, 100, 189, 262, 9001, 10_058, 10_107, 11_600, 11_602, 13_435, 13_436,
]);

/** What mongoose says, as a plain MongooseError, when an operation comes before the first connection or after the last. */
const NOT_CONNECTED =
  /before initial connection is complete|Connection was force closed|buffering timed out|Client must be connected|not connected/u;

/** What Node says of a socket whose other end is gone: the driver lets some of these through as they are. */
const LOST_CONNECTION =
  /^(?:read|write) (?:EPIPE|ECONNRESET)$|^This socket has been ended by the other party$|^Cannot call write after a stream was destroyed$/u;

const DUPLICATE_KEY = 11_000;
const AUTHENTICATION_FAILED = 18;

/**
 * True when the database could not be reached or did not confirm in time: nothing is wrong with the request, and the same
 * one may be sent again later (503 with Retry-After). Looks at the error and at its causes; never throws.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  return chainOf(error).some(
    (link) =>
      UNAVAILABLE_NAMES.has(link.name) ||
      LOST_CONNECTION.test(link.message) ||
      (isFromDatabase(link.name) && (UNAVAILABLE_CODES.has(link.code) || NOT_CONNECTED.test(link.message))),
  );
}

/** True when a unique index refused the write: a document with this key is already there. Never throws. */
export function isDuplicateKey(error: unknown): boolean {
  return chainOf(error).some((link) => isFromDatabase(link.name) && link.code === DUPLICATE_KEY);
}

/**
 * True when an unordered bulk write left out only documents whose key is already there: all the others are written. Never
 * throws.
 */
export function isOnlyDuplicateKeys(error: unknown): boolean {
  if (!isDuplicateKey(error) || typeof error !== 'object' || error === null) return false;
  const faults: unknown = 'writeErrors' in error ? error.writeErrors : [];
  const list: readonly unknown[] = Array.isArray(faults) ? faults : [faults];
  return list.every((fault) => chainOf(fault)[0]?.code === DUPLICATE_KEY);
}

/** True when the server refused the user name or password of the connection. Never throws. */
export function isRefusedLogin(error: unknown): boolean {
  return chainOf(error).some((link) => isFromDatabase(link.name) && link.code === AUTHENTICATION_FAILED);
}

interface Link {
  readonly name: string;
  readonly message: string;
  readonly code: number;
}

function isFromDatabase(name: string): boolean {
  return name.startsWith('Mongo');
}

function chainOf(error: unknown): Link[] {
  const links: Link[] = [];
  let current: unknown = error;
  while (typeof current === 'object' && current !== null && links.length < 5) {
    const code = 'code' in current && typeof current.code === 'number' ? current.code : Number.NaN;
    links.push({ name: textOf(current, 'name'), message: textOf(current, 'message'), code });
    current = 'cause' in current ? current.cause : undefined;
  }
  return links;
}

function textOf(value: object, key: 'name' | 'message'): string {
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' ? found : '';
}
