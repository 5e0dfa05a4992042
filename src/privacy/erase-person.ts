import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { normalizePhone } from '../follow-up-calls/phone-number.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { addDays } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type {
  Erasure,
  ErasureTargets,
  HeldData,
  PersonSearch,
  PersonsInAnswers,
  PersonsInCalls,
  PersonsInContacts,
} from './erasure.ts';
import type { ErasureStore } from './erasure.store.ts';

/** What erasing needs. */
export interface ErasePersonDeps {
  readonly erasures: ErasureStore;
  readonly calls: PersonsInCalls;
  readonly contacts: PersonsInContacts;
  readonly answers: PersonsInAnswers;
  /** Erases what was released of words that are not there any more. */
  readonly purgeComments: () => Promise<unknown>;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly translate: Translate;
  readonly clock: Clock;
}

/** Who works on it. */
export interface ErasureActor {
  readonly actor: string;
  readonly requestId?: string;
}

/** A request to erase: what was found and chosen, who asked and why. */
export type ErasureRequest = Pick<Erasure, 'id' | 'askedBy' | 'reason'> & ErasureTargets;

/** What is held of persons, and its erasure. */
export interface ErasePersons {
  /** What is held of whoever a number belongs to; recorded. Throws `person_search_empty` (invalid) without any number. */
  readonly search: (search: PersonSearch, by: ErasureActor, locale: Locale) => Promise<HeldData>;
  /**
   * Erases identity, notes, contacts and words; what is counted stays, so that no total and no rate changes. The same id again gives the
   * first receipt. Throws `erasure_empty` (invalid) when nothing is chosen.
   */
  readonly erase: (request: ErasureRequest, by: ErasureActor, locale: Locale) => Promise<Erasure>;
  /** Throws `erasure_not_found`. */
  readonly receipt: (id: string) => Promise<Erasure>;
  readonly latest: () => Promise<readonly Erasure[]>;
  /** Completes erasures that were broken off, and erases again what a restore brought back. Gives how many of each. */
  readonly complete: (now: Date) => Promise<{ readonly completed: number; readonly erasedAgain: number }>;
}

const graceMs = 60_000;
const latestShown = 20;
/** Words of a patient may stand in an answer given before the discharge: on the ward, by QR code. */
const daysBefore = 60;

/** Builds the erasure of persons. */
export function createErasePersons(deps: ErasePersonDeps): ErasePersons {
  const { erasures, calls, contacts, recordAuditEvent } = deps;
  return {
    search: async (search, by, locale) => {
      const { admissionNo, patientNo } = search;
      const phone = phoneIn(deps, search, locale);
      if (!admissionNo && !patientNo && !phone) throw fault(deps, locale, '/phone', 'person_search_empty');
      const discharges = await calls.find({ admissionNo, patientNo, phone });
      const left = phone ? await contacts.findByPhone([phone]) : [];
      const subject = `persons/discharges=${discharges.length},contacts=${left.length}`;
      await recordAuditEvent({ ...by, action: 'person.search', subject, outcome: 'succeeded' });
      // Whose data was looked up can be told, before it is shown; a contact's id ends with the contact.
      for (const one of discharges.map(({ id }) => `discharge/${id}`))
        await recordAuditEvent({ ...by, action: 'identity.read', subject: one, outcome: 'succeeded' });
      return { discharges, contacts: left };
    },
    erase: async (request, by, locale) => {
      const known = await erasures.find(request.id);
      if (known?.completedAt) return known;
      if (request.dischargeIds.length + request.contactIds.length === 0)
        throw fault(deps, locale, '/dischargeIds', 'erasure_empty');
      if (known === null) await begin(deps, request, by);
      await work(deps, known ?? request);
      await finish(deps, request.id, by);
      return found(deps, request.id);
    },
    receipt: (id) => found(deps, id),
    latest: () => erasures.latest(latestShown),
    complete: async (now) => {
      const broken = await erasures.unfinished(new Date(now.getTime() - graceMs));
      for (const erasure of broken) {
        await work(deps, erasure);
        await finish(deps, erasure.id, { actor: 'system' });
      }
      return { completed: broken.length, erasedAgain: await eraseAgain(deps) };
    },
  };
}

/** Erases what a restore brought back: stays with the contacts under their numbers, then contacts that no stay leads to. Gives how many of both. */
async function eraseAgain(deps: ErasePersonDeps): Promise<number> {
  const { calls, contacts } = deps;
  const again = async (kind: string, targets: ErasureTargets, count: number): Promise<number> => {
    if (count === 0) return 0;
    await work(deps, targets);
    const event = { action: 'person.erase', subject: `${kind}/erased-again=${count}` } as const;
    await deps.recordAuditEvent({ actor: 'system', ...event, outcome: 'succeeded' });
    return count;
  };
  const dischargeIds = await calls.erasedAgain();
  const { phones } = await calls.wordsOf(dischargeIds);
  const theirs = (await contacts.findByPhone(phones)).map(({ id }) => id);
  const stays = await again('discharges', { dischargeIds, contactIds: theirs }, dischargeIds.length);
  const contactIds = await contacts.erasedAgain();
  return stays + (await again('contacts', { dischargeIds: [], contactIds }, contactIds.length));
}

async function found({ erasures }: ErasePersonDeps, id: string): Promise<Erasure> {
  const erasure = await erasures.find(id);
  if (erasure === null) throw new DomainError('not-found', 'erasure_not_found', 'No such receipt.');
  return erasure;
}

async function finish(deps: ErasePersonDeps, id: string, by: ErasureActor): Promise<void> {
  await deps.erasures.complete(id, deps.clock.now());
  const event = { action: 'person.erase', subject: `erasure/${id}`, outcome: 'succeeded' } as const;
  await deps.recordAuditEvent({ ...by, ...event });
}

/** The number as it is dialled. Throws `person_phone_unreadable` (invalid). */
function phoneIn(deps: ErasePersonDeps, { phone }: PersonSearch, locale: Locale): string | undefined {
  if (!phone) return undefined;
  const number = normalizePhone(phone);
  if (number === null) throw fault(deps, locale, '/phone', 'person_phone_unreadable');
  return number;
}

function fault(deps: ErasePersonDeps, locale: Locale, pointer: string, code: string): DomainError {
  const detail = deps.translate(locale, `problems:code.${code}`);
  return new DomainError('invalid', code, detail, { errors: [{ pointer, code, detail }] });
}

/** What will be erased is counted and kept first: the receipt says the same however often the work is begun anew. */
async function begin(deps: ErasePersonDeps, request: ErasureRequest, by: ErasureActor): Promise<void> {
  const { dischargeIds, contactIds, id, askedBy, reason } = request;
  const { earliest: _earliest, ...held } = await deps.calls.countsOf(dischargeIds);
  const { words, since } = await tracesOf(deps, request);
  const event = { action: 'person.erase', subject: `erasure/${id}`, outcome: 'attempted' } as const;
  await deps.recordAuditEvent({ ...by, ...event });
  await deps.erasures.begin({
    id,
    askedBy,
    reason,
    dischargeIds,
    contactIds,
    requestedAt: deps.clock.now(),
    requestedBy: by.actor,
    counts: {
      ...held,
      contacts: contactIds.length,
      texts: since === null ? 0 : await deps.answers.countNaming(words, since),
    },
    completedAt: null,
  });
}

interface Traces {
  readonly links: { readonly sourceKeys: readonly string[]; readonly submissionIds: readonly string[] };
  readonly words: readonly string[];
  readonly since: CalendarDate | null;
}

async function tracesOf(
  deps: ErasePersonDeps,
  { dischargeIds, contactIds }: ErasureTargets,
): Promise<Traces> {
  const { words } = await deps.calls.wordsOf(dischargeIds);
  const { earliest } = await deps.calls.countsOf(dischargeIds);
  return {
    links: {
      sourceKeys: await deps.calls.sourceKeysOf(dischargeIds),
      submissionIds: await deps.contacts.submissionIdsOf(contactIds),
    },
    words,
    since: earliest === null || words.length === 0 ? null : addDays(earliest, -daysBefore),
  };
}

/** Every step is safe to repeat, and the one that takes away what the others need comes last. */
async function work(deps: ErasePersonDeps, targets: ErasureTargets): Promise<void> {
  const { links, words, since } = await tracesOf(deps, targets);
  await deps.answers.takeWords(links);
  if (since !== null) await deps.answers.blotOut(words, since);
  await deps.purgeComments();
  await deps.contacts.erase(targets.contactIds);
  await deps.calls.erase(targets.dischargeIds);
}
