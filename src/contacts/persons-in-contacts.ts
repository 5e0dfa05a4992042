import { normalizePhone } from '../follow-up-calls/phone-number.ts';
import type { BlindIndex } from '../privacy/blind-index.ts';
import type { HeldContact, PersonsInContacts } from '../privacy/erasure.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { Clock } from '../shared/clock.ts';
import type { StoredContact } from './contact.ts';
import type { ContactStore } from './contact.store.ts';
import type { ErasedContactStore } from './erased-contact.store.ts';
import { openSealed } from './read-contacts.ts';

/** What looking at persons needs. */
export interface PersonsInContactsDeps {
  readonly contacts: Pick<ContactStore, 'listBefore' | 'find' | 'erase'>;
  readonly erasedContacts: Pick<ErasedContactStore, 'keep' | 'among'>;
  readonly encryption: FieldEncryption;
  readonly blindIndex: BlindIndex;
  readonly clock: Clock;
}

const batchSize = 500;
const endOfTime = new Date('9999-12-31T00:00:00Z');

async function* pagesOf({
  contacts,
}: Pick<PersonsInContactsDeps, 'contacts'>): AsyncIterable<readonly StoredContact[]> {
  let page = await contacts.listBefore(endOfTime, '', batchSize);
  while (page.length > 0) {
    yield page;
    page = await contacts.listBefore(endOfTime, page.at(-1)?.id ?? '', batchSize);
  }
}

/** A number as it is dialled; a WeChat number without width, capitals and the words around it: `微信：ZhangSan_88` → `zhangsan_88`. */
function comparable(reachAt: string): string {
  const plain = reachAt.normalize('NFKC').toLowerCase();
  return normalizePhone(reachAt) ?? plain.replaceAll(/[\s:\p{Script=Han}]/gu, '');
}

/** Builds the look at persons. Contacts live for some weeks only: they are opened one by one, and need no index that outlives them. */
export function createPersonsInContacts(deps: PersonsInContactsDeps): PersonsInContacts {
  const { contacts, encryption } = deps;
  /** Another key than any contact ever stood under. */
  const markOf = (id: string): string => deps.blindIndex('erased-contact', id);
  return {
    findByPhone: async (phones) => {
      const wanted = new Set(phones.map((phone) => comparable(phone)).filter((one) => one !== ''));
      const found: HeldContact[] = [];
      if (wanted.size === 0) return found;
      for await (const page of pagesOf(deps)) {
        for (const contact of page) {
          const { reachAt } = openSealed(contact, encryption);
          if (wanted.has(comparable(reachAt))) found.push({ id: contact.id, receivedAt: contact.receivedAt });
        }
      }
      return found;
    },
    submissionIdsOf: async (ids) => {
      const found = await Promise.all(ids.map((id) => contacts.find(id)));
      return found.flatMap((contact) => (contact ? [openSealed(contact, encryption).submissionId] : []));
    },
    erase: async (ids) => {
      await deps.erasedContacts.keep(ids.map(markOf), deps.clock.now());
      return contacts.erase(ids);
    },
    erasedAgain: async () => {
      const found: string[] = [];
      for await (const page of pagesOf(deps)) {
        const erased = await deps.erasedContacts.among(page.map(({ id }) => markOf(id)));
        found.push(...page.filter(({ id }) => erased.has(markOf(id))).map(({ id }) => id));
      }
      return found;
    },
  };
}
