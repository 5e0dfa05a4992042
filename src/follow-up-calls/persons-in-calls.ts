import type { BlindIndex } from '../privacy/blind-index.ts';
import type { HeldDischarge, PersonSearch, PersonsInCalls } from '../privacy/erasure.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { SourceKeys } from '../privacy/source-key.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { admissionKeys, keysOf, patientNoIn } from './admission-key.ts';
import type { CallSilencingStore } from './call-silencing.store.ts';
import type { BlurWishes } from './blur-wishes.ts';
import type { DischargeRecord } from './discharge.ts';
import type { DischargeStore } from './discharge.store.ts';
import { openIdentity, openNumbers } from './discharge-sealing.ts';
import type { ErasedAdmissionStore } from './erased-admission.store.ts';
import type { FollowUpCall } from './follow-up-call.ts';
import { patientKeyOf, phoneKeyOf } from './person-key.ts';
import type { PersonQuery, PersonStore } from './person.store.ts';
import type { SilencePersons } from './silence-person.ts';
import { sourceKeyOf } from './submit-interview.ts';

/** What looking at persons needs. */
export interface PersonsInCallsDeps {
  readonly persons: PersonStore;
  readonly discharges: Pick<DischargeStore, 'findByIds'>;
  readonly silencing: Pick<CallSilencingStore, 'ofDischarges' | 'close' | 'strip'>;
  readonly erasedAdmissions: Pick<ErasedAdmissionStore, 'keep' | 'among'>;
  readonly silenced: SilencePersons['among'];
  readonly blurWishes: BlurWishes;
  readonly sourceKeys: SourceKeys;
  readonly encryption: FieldEncryption;
  readonly blindIndex: BlindIndex;
  readonly clock: Clock;
  readonly time: HospitalTime;
}

const mostFound = 100;
const batchSize = 1000;

/** The key an erased admission is kept under: another than any discharge ever stood under. */
export function erasedKeyOf(admissionKey: string, blindIndex: BlindIndex): string {
  return blindIndex('erased', admissionKey);
}

/** Which of some admission keys, as discharges stand under, were erased on request. */
export async function erasedAmong(
  keys: readonly string[],
  { erasedAdmissions, blindIndex }: Pick<PersonsInCallsDeps, 'erasedAdmissions' | 'blindIndex'>,
): Promise<ReadonlySet<string>> {
  const erased = await erasedAdmissions.among(keys.map((key) => erasedKeyOf(key, blindIndex)));
  return new Set(keys.filter((key) => erased.has(erasedKeyOf(key, blindIndex))));
}

function queryOf({ admissionNo, patientNo, phone }: PersonSearch, blindIndex: BlindIndex): PersonQuery {
  return {
    admissions: admissionNo
      ? [true, false].flatMap((trial) => keysOf(admissionKeys({ admissionNo }, trial, blindIndex)))
      : [],
    phones: phone ? [phoneKeyOf(phone, blindIndex)] : [],
    persons: patientNo ? [patientKeyOf(patientNo, blindIndex)] : [],
  };
}

/** 欧阳娜娜 → 欧○○○: enough to tell a family apart. */
export function maskedName(name: string): string {
  const [first = '', ...rest] = name;
  return first + '○'.repeat(rest.length);
}

const notesOf = (calls: readonly FollowUpCall[]): number =>
  calls.flatMap(({ attempts }) => attempts).filter(({ note }) => note !== null).length;
const openOf = (calls: readonly FollowUpCall[]): number =>
  calls.filter(({ state }) => state === 'open').length;

async function sourceKeysOf(
  deps: PersonsInCallsDeps,
  calls: readonly FollowUpCall[],
): Promise<readonly string[]> {
  return Promise.all(calls.map((call) => sourceKeyOf(deps.sourceKeys, call)));
}

/** Builds the look at persons. */
export function createPersonsInCalls(deps: PersonsInCallsDeps): PersonsInCalls {
  const { persons, discharges, silencing, encryption, blindIndex } = deps;
  return {
    find: async (search) => {
      const records = await persons.find(queryOf(search, blindIndex), mostFound);
      const silenced = await deps.silenced(records);
      return Promise.all(records.map((record) => heldOf(deps, record, silenced.get(record.id) ?? null)));
    },
    wordsOf: async (ids) => {
      const records = await discharges.findByIds(ids);
      const identities = records.map((record) => openIdentity(record, encryption));
      const phones = identities.flatMap((identity) =>
        [identity?.phone, identity?.contactPhone].filter((phone) => phone !== null && phone !== undefined),
      );
      const numbers = records.flatMap((record) => {
        const { admissionNo, visit } = openNumbers(record, encryption);
        return [admissionNo, visit === null ? null : patientNoIn(visit)].filter((one) => one !== null);
      });
      const names = identities.flatMap((identity) => identity?.name ?? []);
      const words = [...new Set([...names, ...phones, ...numbers])];
      return { phones, words: words.filter((word) => word.length >= (/^\w+$/.test(word) ? 5 : 2)) };
    },
    sourceKeysOf: async (ids) => sourceKeysOf(deps, await silencing.ofDischarges(ids)),
    countsOf: async (ids) => {
      const records = await discharges.findByIds(ids);
      const calls = await silencing.ofDischarges(ids);
      const days = records.map(({ dischargedOn }) => dischargedOn).toSorted();
      return {
        discharges: records.filter(({ identity }) => identity !== null).length,
        callsClosed: openOf(calls),
        notes: notesOf(calls),
        earliest: days[0] ?? null,
      };
    },
    erase: async (ids) => {
      const records = await discharges.findByIds(ids);
      const keys = records.flatMap((record) => allKeysOf(record, deps));
      const now = deps.clock.now();
      await deps.erasedAdmissions.keep(
        keys.map((key) => erasedKeyOf(key, blindIndex)),
        now,
      );
      await silencing.close(ids, { counted: true, today: deps.time.dateOf(now) });
      await silencing.strip(ids);
      await deps.blurWishes(records);
      await persons.strip(ids);
    },
    erasedAgain: () => erasedAgain(deps),
  };
}

async function heldOf(
  deps: PersonsInCallsDeps,
  record: DischargeRecord,
  silence: HeldDischarge['silence'],
): Promise<HeldDischarge> {
  const calls = await deps.silencing.ofDischarges([record.id]);
  const { id, departmentCode, dischargedOn, trial } = record;
  return {
    id,
    departmentCode,
    dischargedOn,
    trial,
    silence,
    maskedName: maskedName(openIdentity(record, deps.encryption)?.name ?? ''),
    calls: calls.length,
    openCalls: openOf(calls),
    notes: notesOf(calls),
  };
}

/** The keys an admission may come by again: those it stands under, and those of the other mode. */
function allKeysOf(
  record: DischargeRecord,
  { encryption, blindIndex }: PersonsInCallsDeps,
): readonly string[] {
  const { admissionNo, visit } = openNumbers(record, encryption);
  const numbers = {
    admissionNo: admissionNo ?? undefined,
    patientNo: visit === null ? undefined : patientNoIn(visit),
    visitNo: visit === null ? undefined : Number(visit.slice(visit.lastIndexOf('#') + 1)),
  };
  const known = [true, false].flatMap((trial) => keysOf(admissionKeys(numbers, trial, blindIndex)));
  return [...new Set([...keysOf(record.keys), ...known])];
}

async function erasedAgain(deps: PersonsInCallsDeps): Promise<readonly string[]> {
  const { persons } = deps;
  const found: string[] = [];
  let page = await persons.listIdentified('', batchSize);
  while (page.length > 0) {
    const erased = await erasedAmong(
      page.flatMap(({ keys }) => keysOf(keys)),
      deps,
    );
    found.push(...page.filter(({ keys }) => keysOf(keys).some((key) => erased.has(key))).map(({ id }) => id));
    page = await persons.listIdentified(page.at(-1)?.id ?? '', batchSize);
  }
  return found;
}
