import type { Connection } from 'mongoose';
import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { BlindIndex } from '../privacy/blind-index.ts';
import type { PersonsInCalls } from '../privacy/erasure.ts';
import type { FieldEncryption } from '../privacy/field-encryption.ts';
import type { RetainedKind } from '../privacy/retention.ts';
import type { ConsentStore } from '../consents/consent.store.ts';
import type { PrivacyNotices } from '../privacy-notices/privacy-notice.ts';
import type { SourceKeys } from '../privacy/source-key.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { createBlurWishes } from './blur-wishes.ts';
import { createCallSilencingStore } from './call-silencing.store.ts';
import type { CallSilencingStore } from './call-silencing.store.ts';
import type { DischargeCollection, DischargeStore } from './discharge.store.ts';
import { createErasedAdmissionStore } from './erased-admission.store.ts';
import type { CallCollection } from './follow-up-call-collection.store.ts';
import { createPersonConsents } from './person-consents.ts';
import type { PersonConsents } from './person-consents.ts';
import { createPersonStore } from './person.store.ts';
import { createPersonsInCalls, erasedAmong } from './persons-in-calls.ts';
import { retainedInCalls } from './retained-in-calls.ts';
import type { CallRetention } from './retained-in-calls.ts';
import { createSilenceGivenPerson } from './silence-given-person.ts';
import type { SilenceGivenPerson } from './silence-given-person.ts';
import { createSilencePersons } from './silence-person.ts';
import type { SilencePersons } from './silence-person.ts';
import { createSilenceStore } from './silence.store.ts';

/** What the persons of a slice are wired from. */
export interface PersonsDeps {
  readonly connection: Connection;
  readonly collections: { readonly calls: CallCollection; readonly discharges: DischargeCollection };
  readonly discharges: DischargeStore;
  readonly sourceKeys: SourceKeys;
  readonly encryption: FieldEncryption;
  readonly blindIndex: BlindIndex;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly clock: Clock;
  readonly time: HospitalTime;
  readonly retention: CallRetention;
  readonly notices: Pick<PrivacyNotices, 'find'>;
  readonly consents: ConsentStore;
  readonly isTrial: () => boolean;
  readonly newId: () => string;
}

/** Discharges and calls from the person's side. */
export interface PersonsOfCalls {
  readonly silencing: CallSilencingStore;
  readonly personConsents: PersonConsents;
  readonly silencePersons: SilencePersons;
  readonly silenceGiven: SilenceGivenPerson;
  readonly personsInCalls: PersonsInCalls;
  readonly erasedAmong: (keys: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly retained: readonly RetainedKind[];
}

/** Builds the persons of calls. */
export function wirePersons(deps: PersonsDeps): PersonsOfCalls {
  const silencing = createCallSilencingStore(deps.collections.calls);
  const persons = createPersonStore(deps.collections.discharges);
  const erasedAdmissions = createErasedAdmissionStore(deps.connection);
  const silences = createSilenceStore(deps.connection);
  const own = { ...deps, silencing, persons, erasedAdmissions, silences };
  const silencePersons = createSilencePersons(own);
  return {
    silencing,
    silencePersons,
    silenceGiven: createSilenceGivenPerson(own),
    personConsents: createPersonConsents(own),
    personsInCalls: createPersonsInCalls({
      ...own,
      silenced: silencePersons.among,
      blurWishes: createBlurWishes(own),
    }),
    erasedAmong: (keys) => erasedAmong(keys, own),
    retained: retainedInCalls({ ...own, days: deps.retention }),
  };
}
