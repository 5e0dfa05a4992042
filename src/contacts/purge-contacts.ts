import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { FindWords } from './contact.ts';
import type { ContactStore } from './contact.store.ts';
import { openSealed } from './read-contacts.ts';

/** What purging needs. */
export interface PurgeContactsDeps {
  readonly contacts: Pick<ContactStore, 'eraseDue' | 'listBefore' | 'erase'>;
  readonly encryption: FieldEncryption;
  readonly findWords: FindWords;
}

const batchSize = 500;
const graceMs = 24 * 60 * 60_000;

/**
 * Erases contacts whose time is over, and those a day old whose answer never came: a contact is written before its answer, and a
 * crash may come between. Safe to repeat. Resolves to how many were erased.
 */
export function createPurgeContacts(deps: PurgeContactsDeps): (now: Date) => Promise<number> {
  return async (now) => {
    let erased = await deps.contacts.eraseDue(now);
    const before = new Date(now.getTime() - graceMs);
    let page = await deps.contacts.listBefore(before, '', batchSize);
    while (page.length > 0) {
      const known = page.map((contact) => ({
        id: contact.id,
        submissionId: openSealed(contact, deps.encryption).submissionId,
      }));
      const words = await deps.findWords(known.map(({ submissionId }) => submissionId));
      const answered = new Set(words.map(({ submissionId }) => submissionId));
      const orphans = known.filter(({ submissionId }) => !answered.has(submissionId)).map(({ id }) => id);
      if (orphans.length > 0) erased += await deps.contacts.erase(orphans);
      page = await deps.contacts.listBefore(before, page.at(-1)?.id ?? '', batchSize);
    }
    return erased;
  };
}
