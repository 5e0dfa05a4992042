import type { Connection } from 'mongoose';
import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Route } from '../http/route.ts';
import type { BlindIndex } from '../privacy/blind-index.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { PersonsInContacts } from '../privacy/erasure.ts';
import type { RetainedKind } from '../privacy/retention.ts';
import type { SealedRecords } from '../privacy/sealed-records.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { FindWords } from './contact.ts';
import { createContactPages } from './contact.pages.ts';
import type { ContactPagesDeps } from './contact.pages.ts';
import { createContactStore, defineContacts } from './contact.store.ts';
import { createErasedContactStore } from './erased-contact.store.ts';
import { retainedContacts } from './retained-contacts.ts';
import { createSealedContacts } from './sealed-contacts.store.ts';
import { createKeepContact } from './keep-contact.ts';
import type { KeepContact } from './keep-contact.ts';
import { createPersonsInContacts } from './persons-in-contacts.ts';
import { createPurgeContacts } from './purge-contacts.ts';
import { createReadContacts } from './read-contacts.ts';
import type { ReadContacts, ReadContactsDeps } from './read-contacts.ts';

/** What the slice is handed. */
export interface ContactsDeps extends Omit<ContactPagesDeps, keyof ReadContacts> {
  readonly connection: Connection;
  readonly keys: { readonly encryption: FieldEncryption; readonly blindIndex: BlindIndex };
  readonly recordAuditEvent: RecordAuditEvent;
  readonly clock: Clock;
  readonly findWords: FindWords;
  readonly silenced: ReadContactsDeps['silenced'];
  readonly retentionDays: number;
  /** Days for which a contact that was erased on request is erased again when a backup brings it back. */
  readonly erasedMarkDays: number;
  readonly hospitalTime: Pick<HospitalTime, 'dateOf'>;
}

/** Contacts: kept with an answer, read by the complaint office, erased in time. */
export interface ContactsSlice {
  readonly keepContact: KeepContact;
  readonly purge: (now: Date) => Promise<number>;
  readonly pages: readonly Route[];
  readonly retained: readonly RetainedKind[];
  readonly persons: PersonsInContacts;
  /** Collections with encrypted fields. */
  readonly sealed: readonly SealedRecords[];
}

/** Builds the slice. */
export function wireContacts(deps: ContactsDeps): ContactsSlice {
  const collection = defineContacts(deps.connection);
  const erasedContacts = createErasedContactStore(deps.connection);
  const kept = { ...deps, ...deps.keys, contacts: createContactStore(collection), erasedContacts };
  const purge = createPurgeContacts(kept);
  return {
    keepContact: createKeepContact(kept),
    purge,
    sealed: [createSealedContacts(collection)],
    pages: createContactPages({ ...deps, ...createReadContacts(kept) }),
    retained: retainedContacts({ ...kept, purge }),
    persons: createPersonsInContacts(kept),
  };
}
