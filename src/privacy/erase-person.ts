import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { Erasure, ErasureTargets } from './erasure.ts';
import type { ErasureStore } from './erasure.store.ts';
import { countTraces, eraseTraces } from './erasure-traces.ts';
import type { ErasureWork, TracesDeps } from './erasure-traces.ts';
import { openWords, sealWords } from './erasure-words.ts';
import type { FieldEncryption } from './field-encryption.ts';
import { checkedWords, createSearchPersons, erasureFault } from './search-persons.ts';
import type { ErasureActor, SearchPersons } from './search-persons.ts';

/** What erasing needs. */
export interface ErasePersonDeps extends TracesDeps {
  readonly erasures: ErasureStore;
  readonly encryption: FieldEncryption;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly translate: Translate;
  readonly clock: Clock;
}

/** A request to erase: what was found and chosen, names and numbers that were typed, who asked and why. */
export type ErasureRequest = Pick<Erasure, 'id' | 'askedBy' | 'reason'> & ErasureTargets & ErasureWork;

/** What is held of persons, and its erasure. */
export interface ErasePersons {
  readonly search: SearchPersons;
  /**
   * Erases identity, notes, contacts and words; what is counted stays, so that no total and no rate changes. The same id again gives the
   * first receipt. Throws `erasure_empty` (invalid) when nothing is chosen, and `person_word_short`.
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

/** Builds the erasure of persons. */
export function createErasePersons(deps: ErasePersonDeps): ErasePersons {
  const { erasures } = deps;
  return {
    search: createSearchPersons(deps),
    erase: async (asked, by, locale) => {
      const known = await erasures.find(asked.id);
      if (known?.completedAt) return known;
      const request = { ...asked, words: checkedWords(asked.words, deps.translate, locale) };
      const { dischargeIds, contactIds, submissionIds, words } = request;
      if ([dischargeIds, contactIds, submissionIds, words].every((chosen) => chosen.length === 0))
        throw erasureFault(deps.translate, locale, '/dischargeIds', 'erasure_empty');
      if (known === null) await begin(deps, request, by);
      await eraseTraces(deps, known === null ? request : workOf(deps, known));
      await finish(deps, request.id, by);
      return found(deps, request.id);
    },
    receipt: (id) => found(deps, id),
    latest: () => erasures.latest(latestShown),
    complete: async (now) => {
      const broken = await erasures.unfinished(new Date(now.getTime() - graceMs));
      for (const erasure of broken) {
        await eraseTraces(deps, workOf(deps, erasure));
        await finish(deps, erasure.id, { actor: 'system' });
      }
      const again = [
        await erasePersonsAgain(deps),
        await eraseContactsAgain(deps),
        await eraseAnswersAgain(deps),
      ];
      return { completed: broken.length, erasedAgain: again.reduce((sum, one) => sum + one, 0) };
    },
  };
}

function workOf({ encryption }: ErasePersonDeps, erasure: Erasure): ErasureWork {
  return { ...erasure, words: openWords(erasure, encryption) };
}

async function found({ erasures }: ErasePersonDeps, id: string): Promise<Erasure> {
  const erasure = await erasures.find(id);
  if (erasure === null) throw new DomainError('not-found', 'erasure_not_found', 'No such receipt.');
  return erasure;
}

/** What will be erased is counted and kept first: the receipt says the same however often the work is begun anew. */
async function begin(deps: ErasePersonDeps, request: ErasureRequest, by: ErasureActor): Promise<void> {
  const { words, ...rest } = request;
  const counts = await countTraces(deps, request);
  const event = { action: 'person.erase', subject: `erasure/${request.id}`, outcome: 'attempted' } as const;
  await deps.recordAuditEvent({ ...by, ...event });
  await deps.erasures.begin({
    ...rest,
    requestedAt: deps.clock.now(),
    requestedBy: by.actor,
    counts,
    byWords: words.length > 0,
    sealedWords: sealWords(request, deps.encryption),
    completedAt: null,
  });
}

async function finish(deps: ErasePersonDeps, id: string, by: ErasureActor): Promise<void> {
  await deps.erasures.complete(id, deps.clock.now());
  const event = { action: 'person.erase', subject: `erasure/${id}`, outcome: 'succeeded' } as const;
  await deps.recordAuditEvent({ ...by, ...event });
}

/** Erases what a restore brought back; `what` tells the trail of which kind it is and how many. */
async function eraseAgain(
  deps: ErasePersonDeps,
  targets: Partial<ErasureTargets>,
  what: string,
): Promise<void> {
  await eraseTraces(deps, { dischargeIds: [], contactIds: [], submissionIds: [], ...targets, words: [] });
  await deps.recordAuditEvent({
    actor: 'system',
    action: 'person.erase',
    subject: what,
    outcome: 'succeeded',
  });
}

/** Admissions that were erased stand under a mark of their own. */
async function erasePersonsAgain(deps: ErasePersonDeps): Promise<number> {
  const dischargeIds = await deps.calls.erasedAgain();
  if (dischargeIds.length === 0) return 0;
  const { phones } = await deps.calls.wordsOf(dischargeIds);
  const contactIds = (await deps.contacts.findByPhone(phones)).map(({ id }) => id);
  await eraseAgain(deps, { dischargeIds, contactIds }, `discharges/erased-again=${dischargeIds.length}`);
  return dischargeIds.length;
}

/** Contacts that were erased and no stay leads to stand under a mark of their own, too. */
async function eraseContactsAgain(deps: ErasePersonDeps): Promise<number> {
  const contactIds = await deps.contacts.erasedAgain();
  if (contactIds.length === 0) return 0;
  await eraseAgain(deps, { contactIds }, `contacts/erased-again=${contactIds.length}`);
  return contactIds.length;
}

/** Answers that were named are known by their ids, which lead to nobody. */
async function eraseAnswersAgain(deps: ErasePersonDeps): Promise<number> {
  const written = await deps.answers.findWritten(await deps.erasures.namedAnswers());
  if (written.length === 0) return 0;
  const submissionIds = written.map(({ submissionId }) => submissionId);
  await eraseAgain(deps, { submissionIds }, `answers/erased-again=${submissionIds.length}`);
  return submissionIds.length;
}
