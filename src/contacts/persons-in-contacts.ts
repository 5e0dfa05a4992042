import { normalizePhone } from '../follow-up-calls/phone-number.ts';
import type { HeldContact, PersonsInContacts } from '../privacy/erasure.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { ContactStore } from './contact.store.ts';
import { openSealed } from './read-contacts.ts';

/** What looking at persons needs. */
export interface PersonsInContactsDeps {
  readonly contacts: Pick<ContactStore, 'listBefore' | 'find' | 'erase'>;
  readonly encryption: FieldEncryption;
}

const batchSize = 500;
const endOfTime = new Date('9999-12-31T00:00:00Z');

/** Builds the look at persons. Contacts live for some weeks only: they are opened one by one, and need no index that outlives them. */
export function createPersonsInContacts({ contacts, encryption }: PersonsInContactsDeps): PersonsInContacts {
  return {
    findByPhone: async (phones) => {
      const wanted = new Set(phones);
      const found: HeldContact[] = [];
      if (wanted.size === 0) return found;
      let page = await contacts.listBefore(endOfTime, '', batchSize);
      while (page.length > 0) {
        for (const contact of page) {
          const { reachAt } = openSealed(contact, encryption);
          if (wanted.has(normalizePhone(reachAt) ?? reachAt))
            found.push({ id: contact.id, receivedAt: contact.receivedAt });
        }
        page = await contacts.listBefore(endOfTime, page.at(-1)?.id ?? '', batchSize);
      }
      return found;
    },
    submissionIdsOf: async (ids) => {
      const found = await Promise.all(ids.map((id) => contacts.find(id)));
      return found.flatMap((contact) => (contact ? [openSealed(contact, encryption).submissionId] : []));
    },
    erase: (ids) => contacts.erase(ids),
  };
}
