import type { RecordAuditEvent } from '../audit/audit-event.ts';
import { forbids, inOrder } from '../consents/consent.ts';
import type { ConsentEntry, ConsentPurpose, GivenConsent } from '../consents/consent.ts';
import type { ConsentStore } from '../consents/consent.store.ts';
import type { BlindIndex } from '../privacy/blind-index.ts';
import { knownVersion } from '../privacy-notices/privacy-notice.ts';
import type { PrivacyNotices } from '../privacy-notices/privacy-notice.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { CallSilencingStore } from './call-silencing.store.ts';
import type { DischargeRecord } from './discharge.ts';
import type { DischargeStore } from './discharge.store.ts';
import { givenKeysOf, personGone, personUnknown } from './given-person.ts';
import type { GivenPerson } from './given-person.ts';
import type { PersonStore } from './person.store.ts';

/** What recording consents needs. */
export interface PersonConsentsDeps {
  readonly discharges: Pick<DischargeStore, 'findByIds'>;
  readonly persons: Pick<PersonStore, 'find'>;
  readonly silencing: Pick<CallSilencingStore, 'closeForPurpose'>;
  readonly consents: ConsentStore;
  readonly notices: Pick<PrivacyNotices, 'find'>;
  readonly blindIndex: BlindIndex;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly clock: Clock;
  readonly time: HospitalTime;
  /** A rehearsal says nothing in earnest. */
  readonly isTrial: () => boolean;
}

/** Who records what was said, and what caused it: the same cause is the same entry. */
export interface ConsentRecorder {
  readonly actor: string;
  readonly requestId?: string;
  readonly causeId: string;
}

type Person = Pick<DischargeRecord, 'personKeys' | 'trial'>;
type Stay = Person & Pick<DischargeRecord, 'id'>;

/** What persons agreed to and refused. */
export interface PersonConsents {
  /**
   * Adds to the ledger what the person of a discharge said. A refusal of satisfaction calls closes the open ones of all stays at
   * once; they stay in the denominators. Safe to repeat. Throws `discharge_not_found`, and `person_gone` (conflict) when nothing is
   * left that the person is known by: no entry would ever be found.
   */
  readonly record: (dischargeId: string, given: GivenConsent, by: ConsentRecorder) => Promise<void>;
  /**
   * The same of whoever tells of himself now, with or without a stay that is known. Throws `person_unknown` (conflict) when that does not
   * tell one person from another: a number alone is a family's; `person_phone_unreadable`.
   */
  readonly recordGiven: (person: GivenPerson, given: GivenConsent, by: ConsentRecorder) => Promise<void>;
  /** Everything whoever tells of himself now ever said; nothing where that tells nobody from others. */
  readonly historyGiven: (person: GivenPerson) => Promise<readonly ConsentEntry[]>;
  /** Everything the person of a discharge ever said, the first entry first. Throws `discharge_not_found`. */
  readonly history: (dischargeId: string) => Promise<readonly ConsentEntry[]>;
  /** Closes satisfaction calls that are open although their person forbids them, as after a restore. */
  readonly closeForbidden: (records: readonly Stay[]) => Promise<void>;
  /** Which of some discharges are of persons who forbid a purpose. */
  readonly forbidding: (records: readonly Stay[], purpose: ConsentPurpose) => Promise<ReadonlySet<string>>;
}

/** The keys of a person in the ledger: of 住院号, and of number and name together, so that a family is told apart. */
export function consentKeysOf({ personKeys, trial }: Person, blindIndex: BlindIndex): readonly string[] {
  return personKeys.persons.map((key) => blindIndex('consent', trial ? `trial\n${key}` : key));
}

/** The id of an entry: the same cause is the same entry. */
export function consentIdOf(
  { causeId, purpose }: { readonly causeId: string; readonly purpose: ConsentPurpose },
  blindIndex: BlindIndex,
): string {
  return blindIndex('consent', `${causeId}\n${purpose}`);
}

const mostStays = 1000;

/** Builds the consents of persons. */
export function createPersonConsents(deps: PersonConsentsDeps): PersonConsents {
  const found = async (dischargeId: string): Promise<DischargeRecord> => {
    const [record] = await deps.discharges.findByIds([dischargeId]);
    if (record) return record;
    throw new DomainError('not-found', 'discharge_not_found', 'There is no such discharge.');
  };
  const told = (given: GivenPerson): Person => {
    return { personKeys: givenKeysOf(given, deps.blindIndex), trial: deps.isTrial() };
  };
  return {
    record: async (dischargeId, given, by) => {
      const record = await found(dischargeId);
      if (record.personKeys.persons.length === 0) throw personGone();
      await add(deps, record, given, by);
    },
    recordGiven: async (person, given, by) => {
      const whoever = told(person);
      if (whoever.personKeys.persons.length === 0) throw personUnknown();
      await add(deps, whoever, given, by);
    },
    historyGiven: async (person) =>
      inOrder(await deps.consents.among(consentKeysOf(told(person), deps.blindIndex))),
    history: async (dischargeId) =>
      inOrder(await deps.consents.among(consentKeysOf(await found(dischargeId), deps.blindIndex))),
    closeForbidden: async (records) => {
      const ids = await forbidding(deps, records, 'satisfaction-call');
      if (ids.size > 0) await closeRefused(deps, [...ids]);
    },
    forbidding: (records, purpose) => forbidding(deps, records, purpose),
  };
}

async function forbidding(
  { consents, blindIndex }: PersonConsentsDeps,
  records: readonly Stay[],
  purpose: ConsentPurpose,
): Promise<ReadonlySet<string>> {
  const keysOfEach = records.map((record) => [record.id, consentKeysOf(record, blindIndex)] as const);
  const entries = await consents.among(keysOfEach.flatMap(([, keys]) => keys));
  const own = (keys: readonly string[]): readonly ConsentEntry[] =>
    entries.filter((entry) => entry.keys.some((key) => keys.includes(key)));
  return new Set(keysOfEach.filter(([, keys]) => forbids(own(keys), purpose)).map(([id]) => id));
}

async function add(
  deps: PersonConsentsDeps,
  person: Person | Stay,
  given: GivenConsent,
  { causeId, ...by }: ConsentRecorder,
): Promise<void> {
  const noticeVersion = knownVersion(deps.notices, given.noticeVersion ?? undefined) ?? null;
  await deps.consents.add({
    ...given,
    noticeVersion,
    id: consentIdOf({ causeId, purpose: given.purpose }, deps.blindIndex),
    keys: consentKeysOf(person, deps.blindIndex),
    at: deps.clock.now(),
    recordedBy: by.actor,
  });
  if (given.purpose === 'satisfaction-call' && given.state !== 'granted') await closeCalls(deps, person);
  const subject = 'id' in person ? `discharge/${person.id}` : 'person/as-told';
  const event = { action: 'consent.record', fields: ['purpose', 'state'], outcome: 'succeeded' } as const;
  await deps.recordAuditEvent({ ...by, ...event, subject });
}

async function closeCalls(deps: PersonConsentsDeps, person: Person | Stay): Promise<void> {
  const { persons } = person.personKeys;
  const stays = await deps.persons.find({ admissions: [], phones: [], persons }, mostStays);
  const ids = stays.filter(({ trial }) => trial === person.trial).map(({ id }) => id);
  const told = 'id' in person ? [person.id] : [];
  await closeRefused(deps, [...new Set([...told, ...ids])]);
}

async function closeRefused(deps: PersonConsentsDeps, ids: readonly string[]): Promise<void> {
  const at = deps.clock.now();
  await deps.silencing.closeForPurpose(ids, 'satisfaction', { at, today: deps.time.dateOf(at) });
}
