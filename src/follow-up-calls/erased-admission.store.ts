import type { Connection } from 'mongoose';
import { openMarkCollection } from '../database/mark-collection.ts';
import type { MarkCollection } from '../database/mark-collection.ts';

/** Admissions that were erased on request, by keys that nobody can turn back: they are not registered again. */
export type ErasedAdmissionStore = MarkCollection;

/** The collection `erasedAdmissions`. */
export function createErasedAdmissionStore(connection: Connection): ErasedAdmissionStore {
  return openMarkCollection(connection, 'erasedAdmissions');
}
