import type { Connection } from 'mongoose';
import { openMarkCollection } from '../database/mark-collection.ts';
import type { MarkCollection } from '../database/mark-collection.ts';

/** Contacts that were erased on request, by keys that nobody can turn back: what a restore brings back is erased again. */
export type ErasedContactStore = MarkCollection;

/** The collection `erasedContacts`. */
export function createErasedContactStore(connection: Connection): ErasedContactStore {
  return openMarkCollection(connection, 'erasedContacts');
}
