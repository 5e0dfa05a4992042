import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { BlindIndex } from '../privacy/blind-index.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { CallSilencingStore } from './call-silencing.store.ts';
import type { DischargeRecord } from './discharge.ts';
import type { DischargeStore } from './discharge.store.ts';
import type { PersonStore } from './person.store.ts';
import { personGone } from './given-person.ts';
import { keysSilencedBy, silenceKeysOf, silenceSourceOf, strongestOf } from './silence.ts';
import type { SilenceKind } from './silence.ts';
import type { SilenceStore } from './silence.store.ts';

/** What silencing needs. */
export interface SilencePersonDeps {
  readonly discharges: Pick<DischargeStore, 'findByIds'>;
  readonly persons: Pick<PersonStore, 'find'>;
  readonly silencing: Pick<CallSilencingStore, 'close' | 'deceasedSince'>;
  readonly silences: SilenceStore;
  readonly blindIndex: BlindIndex;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly clock: Clock;
  readonly time: HospitalTime;
}

/** Who silences, or lifts a silence. */
export interface Silencer {
  readonly actor: string;
  readonly requestId?: string;
}

/** Persons whom nobody contacts any more. */
export interface SilencePersons {
  /**
   * Silences the person of a discharge in every channel: every open call of every stay is closed at once and its claim ended, and what is
   * registered later comes silenced. Calls to the deceased count nowhere, those to others stay in the denominators. Safe to repeat.
   * Throws `discharge_not_found`, and `person_gone` (conflict) when nothing is left that the person is known by: nothing is kept then.
   */
  readonly silence: (dischargeId: string, kind: SilenceKind, by: Silencer) => Promise<void>;
  /** The same for a death that a caller was told of; of a person nothing is known of, the calls of this stay end all the same. */
  readonly foundDeceased: (dischargeId: string, by: Silencer) => Promise<void>;
  /** Lifts it for what is registered from now on; calls that were closed stay closed. Throws as `silence`. */
  readonly lift: (dischargeId: string, by: Silencer) => Promise<void>;
  /** Which of some discharges are of persons whom nobody contacts. Every channel asks this before it reaches anybody. */
  readonly among: (
    records: readonly Pick<DischargeRecord, 'id' | 'personKeys' | 'trial'>[],
  ) => Promise<ReadonlyMap<string, SilenceKind>>;
  /**
   * Silences those whose stay ended with their death (离院方式 死亡), and lifts what a stay silenced before it was corrected; what
   * a caller found or the office entered stays. Safe to repeat.
   */
  readonly followDeaths: (records: readonly DischargeRecord[]) => Promise<void>;
  /** Closes calls that are open although their person is silenced. */
  readonly closeOpen: (records: readonly DischargeRecord[]) => Promise<void>;
  /** Silences whoever was found deceased in the last two days and was not silenced, as after a crash. */
  readonly completeDeaths: () => Promise<void>;
}

const mostStays = 1000;
const lookBackMs = 48 * 60 * 60_000;

/** Builds the silencing of persons. */
export function createSilencePersons(deps: SilencePersonDeps): SilencePersons {
  const found = async (dischargeId: string): Promise<DischargeRecord> => {
    const [record] = await deps.discharges.findByIds([dischargeId]);
    if (!record) throw new DomainError('not-found', 'discharge_not_found', 'There is no such discharge.');
    return record;
  };
  const among: SilencePersons['among'] = (records) => silencedAmong(deps, records);
  // Who died and who wants no calls is a value: it stands in no trail.
  const audited = (action: string, dischargeId: string, by: Silencer): Promise<void> =>
    deps.recordAuditEvent({
      ...by,
      action,
      subject: `discharge/${dischargeId}`,
      fields: ['kind'],
      outcome: 'succeeded',
    });
  return {
    among,
    silence: async (dischargeId, kind, by) => {
      const record = await found(dischargeId);
      if (keysSilencedBy(kind, record, deps.blindIndex).length === 0) throw personGone();
      await keepSilence(deps, record, kind, by.actor);
      await audited('person.silence', dischargeId, by);
    },
    foundDeceased: async (dischargeId, by) => {
      await keepSilence(deps, await found(dischargeId), 'deceased', by.actor);
      await audited('person.silence', dischargeId, by);
    },
    lift: async (dischargeId, by) => {
      const keys = silenceKeysOf(await found(dischargeId), deps.blindIndex);
      if (keys.length === 0) throw personGone();
      await deps.silences.lift(keys);
      await audited('person.silence.lift', dischargeId, by);
    },
    followDeaths: async (records) => {
      const known = await among(records);
      for (const record of records) {
        const isSilenced = known.get(record.id) === 'deceased';
        const source = silenceSourceOf(record.id);
        if (record.dischargeWay === 'died' && !isSilenced)
          await keepSilence(deps, record, 'deceased', source);
        if (record.dischargeWay !== 'died' && isSilenced)
          await deps.silences.lift(silenceKeysOf(record, deps.blindIndex), source);
      }
    },
    closeOpen: async (records) => {
      for (const [id, kind] of await among(records)) await closeCalls(deps, [id], kind);
    },
    completeDeaths: async () => {
      const since = new Date(deps.clock.now().getTime() - lookBackMs);
      const calls = await deps.silencing.deceasedSince(since);
      const records = await deps.discharges.findByIds(calls.map(({ dischargeId }) => dischargeId));
      const known = await among(records);
      for (const record of records)
        if (known.get(record.id) !== 'deceased') await keepSilence(deps, record, 'deceased', 'system');
    },
  };
}

/** Whom a silence is of, and the stay that told of it, if one did. */
type SilencedPerson = Pick<DischargeRecord, 'personKeys' | 'trial'> & { readonly id?: string };

/** Keeps the silence of a person and ends the open calls of all stays. */
export async function keepSilence(
  deps: SilencePersonDeps,
  person: SilencedPerson,
  kind: SilenceKind,
  actor: string,
): Promise<void> {
  const keys = keysSilencedBy(kind, person, deps.blindIndex);
  await deps.silences.keep(keys, { kind, since: deps.clock.now(), by: actor });
  const told = person.id === undefined ? [] : [person.id];
  await closeCalls(deps, [...told, ...(await staysOf(deps, person, kind))], kind);
}

async function closeCalls(deps: SilencePersonDeps, ids: readonly string[], kind: SilenceKind): Promise<void> {
  const today = deps.time.dateOf(deps.clock.now());
  await deps.silencing.close(ids, { counted: kind === 'do-not-contact', today });
}

/** The person's stays, of the same mode. */
async function staysOf(
  { persons }: SilencePersonDeps,
  { personKeys, trial }: SilencedPerson,
  kind: SilenceKind,
): Promise<readonly string[]> {
  const phones = kind === 'deceased' ? [] : personKeys.phones.slice(0, 1);
  const stays = await persons.find({ admissions: [], phones, persons: personKeys.persons }, mostStays);
  // A number found as somebody's contact is not that somebody's own.
  const own = stays.filter(
    (stay) =>
      stay.trial === trial &&
      (stay.personKeys.persons.some((key) => personKeys.persons.includes(key)) ||
        phones.includes(stay.personKeys.phones[0] ?? '')),
  );
  return own.map(({ id }) => id);
}

async function silencedAmong(
  { silences, blindIndex }: SilencePersonDeps,
  records: Parameters<SilencePersons['among']>[0],
): Promise<ReadonlyMap<string, SilenceKind>> {
  const keysOfEach = records.map((record) => [record.id, silenceKeysOf(record, blindIndex)] as const);
  const known = await silences.among(keysOfEach.flatMap(([, keys]) => keys));
  return new Map(
    keysOfEach.flatMap(([id, keys]) => {
      const kind = strongestOf(keys.flatMap((key) => known.get(key) ?? []));
      return kind === null ? [] : [[id, kind] as const];
    }),
  );
}
