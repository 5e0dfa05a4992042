import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { normalizePhone } from '../follow-up-calls/phone-number.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { isBlottable } from '../survey-responses/spelled-word.ts';
import type {
  HeldData,
  PersonSearch,
  PersonsInAnswers,
  PersonsInCalls,
  PersonsInContacts,
} from './erasure.ts';

/** What searching needs. */
export interface SearchPersonsDeps {
  readonly calls: Pick<PersonsInCalls, 'find'>;
  readonly contacts: Pick<PersonsInContacts, 'findByPhone'>;
  readonly answers: Pick<PersonsInAnswers, 'findWritten' | 'countNaming'>;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly translate: Translate;
}

/** Who works on it. */
export interface ErasureActor {
  readonly actor: string;
  readonly requestId?: string;
}

/**
 * What is held of whoever a number belongs to, what an answer says, and how many texts name somebody; recorded by counts, and by each stay that was found.
 * Throws `person_search_empty`, `person_phone_unreadable` and `person_word_short` (invalid).
 */
export type SearchPersons = (search: PersonSearch, by: ErasureActor, locale: Locale) => Promise<HeldData>;

/** What is wrong with one field of a search or a request. */
export function erasureFault(
  translate: Translate,
  locale: Locale,
  pointer: string,
  code: string,
): DomainError {
  const detail = translate(locale, `problems:code.${code}`);
  return new DomainError('invalid', code, detail, { errors: [{ pointer, code, detail }] });
}

/** Names and numbers as they were typed. Throws `person_word_short` when one is too short to mean anybody. */
export function checkedWords(
  words: readonly string[],
  translate: Translate,
  locale: Locale,
): readonly string[] {
  const short = words.findIndex((word) => !isBlottable(word));
  if (short >= 0) throw erasureFault(translate, locale, `/words/${short}`, 'person_word_short');
  return [...new Set(words)];
}

/** The number as it is dialled. Throws `person_phone_unreadable`. */
function phoneIn({ phone }: PersonSearch, translate: Translate, locale: Locale): string | undefined {
  if (!phone) return undefined;
  const number = normalizePhone(phone);
  if (number === null) throw erasureFault(translate, locale, '/phone', 'person_phone_unreadable');
  return number;
}

/** Builds the search. */
export function createSearchPersons(deps: SearchPersonsDeps): SearchPersons {
  const { calls, contacts, answers, translate } = deps;
  return async (search, by, locale) => {
    const { admissionNo, patientNo, submissionId } = search;
    const phone = phoneIn(search, translate, locale);
    const words = checkedWords(search.words ?? [], translate, locale);
    if (!admissionNo && !patientNo && !phone && !submissionId && words.length === 0)
      throw erasureFault(translate, locale, '/phone', 'person_search_empty');
    // A WeChat number is no phone: contacts are looked for by whatever was typed.
    const reachedAt = [...(phone ? [phone] : []), ...words];
    const held: HeldData = {
      discharges: await calls.find({ admissionNo, patientNo, phone }),
      contacts: await contacts.findByPhone(reachedAt),
      answers: submissionId ? await answers.findWritten([submissionId]) : [],
      texts: await answers.countNaming(words, null),
    };
    const { discharges, contacts: left, answers: named, texts } = held;
    const counts = `discharges=${discharges.length},contacts=${left.length},answers=${named.length},texts=${texts}`;
    await deps.recordAuditEvent({
      ...by,
      action: 'person.search',
      subject: `persons/${counts}`,
      outcome: 'succeeded',
    });
    // Whose data was looked up can be told, before it is shown; a contact's id ends with the contact.
    for (const one of discharges.map(({ id }) => `discharge/${id}`))
      await deps.recordAuditEvent({ ...by, action: 'identity.read', subject: one, outcome: 'succeeded' });
    return held;
  };
}
