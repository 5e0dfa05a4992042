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

/** A number as it is dialled; a WeChat number without width, capitals and the words around it: `微信：ZhangSan_88` → `zhangsan_88`. */
function comparable(reachAt: string): string {
  const plain = reachAt.normalize('NFKC').toLowerCase();
  return normalizePhone(reachAt) ?? plain.replaceAll(/[\s:\p{Script=Han}]/gu, '');
}

/** Builds the look at persons. Contacts live for some weeks only: they are opened one by one, and need no index that outlives them. */
export function createPersonsInContacts({ contacts, encryption }: PersonsInContactsDeps): PersonsInContacts {
  return {
    findByPhone: async (phones) => {
      const wanted = new Set(phones.map((phone) => comparable(phone)).filter((one) => one !== ''));
      const found: HeldContact[] = [];
      if (wanted.size === 0) return found;
      let page = await contacts.listBefore(endOfTime, '', batchSize);
      while (page.length > 0) {
        for (const contact of page) {
          const { reachAt } = openSealed(contact, encryption);
          if (wanted.has(comparable(reachAt))) found.push({ id: contact.id, receivedAt: contact.receivedAt });
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
