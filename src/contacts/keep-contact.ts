import type { BlindIndex } from '../privacy/blind-index.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import { contactPlace, contactText } from './contact.ts';
import type { Contact } from './contact.ts';
import type { ContactStore } from './contact.store.ts';

/** What keeping needs. */
export interface KeepContactDeps {
  readonly contacts: Pick<ContactStore, 'keep'>;
  readonly encryption: FieldEncryption;
  readonly blindIndex: BlindIndex;
  /** Days until a contact is erased. */
  readonly retentionDays: number;
}

/** Keeps the contact of an answer, before the answer itself. */
export type KeepContact = (contact: Contact, receivedAt: Date) => Promise<void>;

const dayMs = 24 * 60 * 60_000;

/**
 * Encrypts a contact under a keyed fingerprint of its submission id: sent again, it is the same contact. Neither the contact nor
 * the answer shows which belong together; only the key does.
 */
export function createKeepContact(deps: KeepContactDeps): KeepContact {
  return async (contact, receivedAt) => {
    const id = deps.blindIndex('contact', contact.submissionId);
    await deps.contacts.keep({
      id,
      sealed: deps.encryption.encrypt(contactText(contact), contactPlace(id)),
      receivedAt,
      eraseAt: new Date(receivedAt.getTime() + deps.retentionDays * dayMs),
    });
  };
}
