import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { normalizePhone } from '../follow-up-calls/phone-number.ts';
import type { SilenceKind } from '../follow-up-calls/silence.ts';
import type { SilenceGivenPerson } from '../follow-up-calls/silence-given-person.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import { contactPlace, readContactText } from './contact.ts';
import type { AnswerWords, Contact, FindWords, StoredContact } from './contact.ts';
import type { ContactStore } from './contact.store.ts';

/** What reading needs. */
export interface ReadContactsDeps {
  readonly contacts: Pick<ContactStore, 'listOpen' | 'find' | 'markHandled'>;
  readonly encryption: FieldEncryption;
  readonly findWords: FindWords;
  /** Whether whoever has a number is deceased, or wishes not to be contacted. */
  readonly silenced: SilenceGivenPerson['kindOf'];
  readonly recordAuditEvent: RecordAuditEvent;
  readonly clock: Clock;
}

/** Who reads. */
export interface Reader {
  readonly actor: string;
  readonly requestId: string;
}

/** A contact in a list: the words, and neither number nor name. */
export interface ListedContact extends Omit<AnswerWords, 'submissionId'> {
  readonly id: string;
  readonly receivedAt: Date;
}

/** A contact opened: the only place where number and name are in plain; of the deceased they are withheld. */
export interface OpenedContact extends ListedContact, Partial<Omit<Contact, 'submissionId'>> {
  readonly handled: boolean;
  readonly silence: SilenceKind | null;
}

/** Open contacts, and after which one the next page begins; null on the last. */
export interface ContactPage {
  readonly contacts: readonly ListedContact[];
  readonly next: string | null;
}

const mostListed = 100;

/** The contact in plain. Throws when the key is not the one it was encrypted with. */
export function openSealed(
  { id, sealed }: Pick<StoredContact, 'id' | 'sealed'>,
  encryption: FieldEncryption,
): Contact {
  return readContactText(encryption.decrypt(sealed, contactPlace(id)));
}

/** The office's reading of contacts. Each reading is audited before it is answered. */
export interface ReadContacts {
  /** Open contacts whose answer is there, newest first, at most 100 after one of them; from the first when that one is not there any more. */
  readonly listOpen: (reader: Reader, after?: string) => Promise<ContactPage>;
  /** One contact; of somebody deceased without number and name, of somebody who wishes no contact with that said. Throws `contact_not_found`. */
  readonly open: (id: string, reader: Reader) => Promise<OpenedContact>;
  /** Marks one as handled; a second time changes nothing. Throws `contact_not_found`. */
  readonly handle: (id: string, reader: Reader) => Promise<void>;
}

/** Builds the office's reading of contacts. */
export function createReadContacts(deps: ReadContactsDeps): ReadContacts {
  const audited = (action: string, subject: string, { actor, requestId }: Reader): Promise<void> =>
    deps.recordAuditEvent({ actor, requestId, action, subject, outcome: 'succeeded' });
  const found = async (id: string): Promise<StoredContact> => {
    const stored = await deps.contacts.find(id);
    if (!stored)
      throw new DomainError('not-found', 'contact_not_found', 'No such contact, or it was erased.');
    return stored;
  };
  return {
    listOpen: async (reader, after) => {
      const behind = after === undefined ? null : await deps.contacts.find(after);
      const listed = await deps.contacts.listOpen(mostListed + 1, behind);
      const stored = listed.slice(0, mostListed);
      const bySubmission = new Map(
        stored.map((each) => [openSealed(each, deps.encryption).submissionId, each]),
      );
      const words = await deps.findWords([...bySubmission.keys()]);
      await audited('contact.list', 'contacts', reader);
      const wordsOf = new Map(words.map(({ submissionId, ...rest }) => [submissionId, rest]));
      return {
        contacts: [...bySubmission].flatMap(([submissionId, { id, receivedAt }]) => {
          const said = wordsOf.get(submissionId);
          return said ? [{ id, receivedAt, ...said }] : [];
        }),
        next: listed.length > mostListed ? (stored.at(-1)?.id ?? null) : null,
      };
    },
    open: async (id, reader) => {
      const stored = await found(id);
      const { submissionId, reachAt, name } = openSealed(stored, deps.encryption);
      const [words] = await deps.findWords([submissionId]);
      if (!words) throw new DomainError('not-found', 'contact_not_found', 'The answer is not there.');
      await audited('contact.read', `contact/${id}`, reader);
      const { departmentCode, comment, trial } = words;
      const { receivedAt, handledAt } = stored;
      const phone = normalizePhone(reachAt) ?? undefined;
      const silence = await deps.silenced({ phone, name: name ?? undefined });
      const whom = silence === 'deceased' ? {} : { reachAt, name };
      return {
        id,
        receivedAt,
        handled: handledAt !== null,
        departmentCode,
        comment,
        trial,
        silence,
        ...whom,
      };
    },
    handle: async (id, reader) => {
      await found(id);
      if (await deps.contacts.markHandled(id, deps.clock.now()))
        await audited('contact.handle', `contact/${id}`, reader);
    },
  };
}
