import type { Connection, mongo, Schema } from 'mongoose';
import { isDatabaseUnavailable, isDuplicateKey } from './database-error.ts';

/** Why the indexes do not stand: names the collection and the index, never a value. */
export interface IndexFailure {
  readonly reason: string;
}

type Index = ReturnType<Schema['indexes']>[number];

/** mongoose builds just these when told so; its types leave it out. */
interface OneIndex extends mongo.CreateIndexesOptions {
  readonly toCreate: Index[];
}

/**
 * Builds every index of every collection defined on the connection, one after the other, and goes on after a failure so that
 * the reason names all that fail. Returns null when all stand. Rejects only while the database is unavailable.
 */
export async function buildIndexesOf(connection: Connection): Promise<IndexFailure | null> {
  const failures: string[] = [];
  for (const model of Object.values(connection.models)) {
    for (const [fields, options] of model.schema.indexes()) {
      try {
        const only: OneIndex = { toCreate: [[fields, options]] };
        await model.createIndexes(only);
      } catch (error) {
        if (isDatabaseUnavailable(error)) throw error;
        failures.push(sentence(model.collection.name, options.name ?? defaultName(fields), error));
      }
    }
  }
  return failures.length === 0 ? null : { reason: failures.join(' ') };
}

/** The name MongoDB gives to an index. Example: `{ month: 1, sentAt: -1 }` → `month_1_sentAt_-1`. */
function defaultName(fields: Index[0]): string {
  return Object.entries(fields).flat().join('_');
}

function sentence(collection: string, index: string, error: unknown): string {
  const what = `The index ${index} of the collection ${collection} cannot be built:`;
  if (isDuplicateKey(error)) {
    return `${what} it must be unique, and some documents have the same key; remove the duplicates and start again.`;
  }
  // The server's message may quote values; the name of its error never does.
  const codeName = error instanceof Error && 'codeName' in error ? String(error.codeName) : 'unknown error';
  return `${what} the database answers ${codeName}.`;
}
