import { mongo } from 'mongoose';
import type { Connection } from 'mongoose';
import { DomainError } from '../shared/domain-error.ts';

const { EJSON, serialize, deserialize } = mongo.BSON;
const staged = 'restoring.';
const batchDocuments = 1_000;
const batchLength = 4_000_000;

/** A collection that is being put aside. */
export interface StagedCollection {
  readonly add: (line: string) => Promise<void>;
  /** Resolves when every line is stored. */
  readonly end: () => Promise<void>;
}

/** Whole collections as lines: every type and the order of every field are kept. */
export interface DatabaseCopyStore {
  readonly databaseName: () => string;
  /** Names of the collections that hold data, without those of a restore that was interrupted. */
  readonly collections: () => Promise<readonly string[]>;
  /**
   * Each document that was there when the reading began and is not deleted meanwhile, once, whole, as it is when it is
   * reached; in the order in which they are stored. Those that arrive meanwhile may come too.
   */
  readonly lines: (collection: string) => AsyncIterable<string>;
  /** Whether no collection holds a document. */
  readonly isEmpty: () => Promise<boolean>;
  /** Drops what an interrupted restore left aside. */
  readonly discardStaged: () => Promise<void>;
  /** Begins to put a collection aside, where the service does not see it. */
  readonly stage: (collection: string) => Promise<StagedCollection>;
  /** What was put aside, in its order. */
  readonly stagedLines: (collection: string) => AsyncIterable<string>;
  /**
   * Adds to what was put aside documents of collections that stand now: those that are not in it (`missing`), or all, in the place of what is in
   * it under the same id. Gives which collections those are.
   */
  readonly carryOver: (
    collections: readonly string[],
    which: 'missing' | 'all',
  ) => Promise<readonly string[]>;
  /** Gives what was put aside its real name, in place of what stood there, and drops every other collection. */
  readonly putInPlace: (collections: readonly string[]) => Promise<void>;
}

type Db = mongo.Db;

/** Extended JSON takes a field named `$date` and the like for a type: a document with such a name is written as BSON. */
function lineOf(document: mongo.Document): string {
  if (!hasDollarName(document)) return EJSON.stringify(document, { relaxed: false });
  return `=${Buffer.from(serialize(document)).toString('base64')}`;
}

function documentOf(line: string): mongo.Document {
  if (!line.startsWith('=')) return EJSON.parse(line, { relaxed: false }) as mongo.Document;
  return deserialize(Buffer.from(line.slice(1), 'base64'), { promoteValues: false });
}

function hasDollarName(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasDollarName);
  if (typeof value !== 'object' || value === null || '_bsontype' in value) return false;
  return Object.entries(value).some(([name, part]) => name.startsWith('$') || hasDollarName(part));
}

async function* linesOf(db: Db, collection: string): AsyncIterable<string> {
  // Natural order is the order of storing: an update does not move a document, so none is read twice or passed over.
  const cursor = db
    .collection(collection)
    .find({}, { promoteValues: false, batchSize: batchDocuments })
    .sort({ $natural: 1 });
  for await (const document of cursor) yield lineOf(document);
}

async function namesIn(db: Db): Promise<readonly string[]> {
  const found = await db.listCollections({}, { nameOnly: true }).toArray();
  return found.map(({ name }) => name).filter((name) => !name.startsWith('system.'));
}

async function stageInto(db: Db, collection: string): Promise<StagedCollection> {
  const target = await db.createCollection(collection);
  let batch: mongo.Document[] = [];
  let length = 0;
  const end = async (): Promise<void> => {
    if (batch.length > 0) await target.insertMany(batch, { ordered: true });
    batch = [];
    length = 0;
  };
  return {
    add: async (line) => {
      batch.push(documentOf(line));
      length += line.length;
      if (batch.length >= batchDocuments || length >= batchLength) await end();
    },
    end,
  };
}

/** Copies over a connection that stands. */
export function createDatabaseCopyStore(connection: Connection): DatabaseCopyStore {
  const database = (): Db => {
    if (connection.db !== undefined) return connection.db;
    throw new DomainError('unavailable', 'database_unavailable', 'The database does not answer.');
  };
  const real = async (): Promise<readonly string[]> =>
    (await namesIn(database())).filter((name) => !name.startsWith(staged));
  return {
    databaseName: () => database().databaseName,
    collections: real,
    lines: (collection) => linesOf(database(), collection),
    isEmpty: async () => {
      const first = await Promise.all(
        (await real()).map((name) =>
          database()
            .collection(name)
            .findOne({}, { projection: { _id: 1 } }),
        ),
      );
      return first.every((document) => document === null);
    },
    discardStaged: async () => {
      const left = (await namesIn(database())).filter((name) => name.startsWith(staged));
      for (const name of left) await database().dropCollection(name);
    },
    stage: (collection) => stageInto(database(), staged + collection),
    stagedLines: (collection) => linesOf(database(), staged + collection),
    carryOver: async (collections, which) => {
      const standing = (await real()).filter((name) => collections.includes(name));
      for (const name of standing) {
        const aside = database().collection(staged + name);
        for await (const { _id, ...document } of database().collection(name).find({}))
          await (which === 'all'
            ? aside.replaceOne({ _id }, document, { upsert: true })
            : aside.updateOne({ _id }, { $setOnInsert: document }, { upsert: true }));
      }
      const aside = new Set(await namesIn(database()));
      return standing.filter((name) => aside.has(staged + name));
    },
    putInPlace: async (collections) => {
      for (const name of collections) {
        await database()
          .collection(staged + name)
          .rename(name, { dropTarget: true });
      }
      const others = (await real()).filter((name) => !collections.includes(name));
      for (const name of others) await database().dropCollection(name);
    },
  };
}
