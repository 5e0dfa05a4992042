import { endInBatches } from '../privacy/retention.ts';
import type { RetainedKind } from '../privacy/retention.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { addDays } from '../shared/reporting-period.ts';
import type { CallSilencingStore } from './call-silencing.store.ts';
import type { ErasedAdmissionStore } from './erased-admission.store.ts';
import type { PersonStore } from './person.store.ts';

/** For how long what identifies is kept: days after the discharge, and after an erasure. */
export interface CallRetention {
  readonly dischargeIdentity: number;
  readonly admissionKeys: number;
  readonly callNotes: number;
  readonly erasedAdmissions: number;
}

/** What the ending needs. */
export interface RetainedInCallsDeps {
  readonly persons: PersonStore;
  readonly silencing: CallSilencingStore;
  readonly erasedAdmissions: ErasedAdmissionStore;
  readonly days: CallRetention;
  readonly time: HospitalTime;
}

/** What ends in time of discharges and calls. Discharges, calls and attempts stay, so that no total and no rate changes. */
export function retainedInCalls(deps: RetainedInCallsDeps): readonly RetainedKind[] {
  const { persons, silencing, erasedAdmissions, days, time } = deps;
  return [
    {
      kind: 'discharge-identity',
      days: days.dischargeIdentity,
      due: ({ today }) => persons.countIdentified(addDays(today, -days.dischargeIdentity)),
      oldest: () => persons.oldestIdentified(),
      end: ({ today }) =>
        endInBatches((limit) => persons.endIdentities(addDays(today, -days.dischargeIdentity), limit)),
    },
    {
      kind: 'admission-keys',
      days: days.admissionKeys,
      due: ({ today }) => persons.countKeyed(addDays(today, -days.admissionKeys)),
      oldest: () => persons.oldestKeyed(),
      end: ({ today }) =>
        endInBatches((limit) => persons.endKeys(addDays(today, -days.admissionKeys), limit)),
    },
    {
      kind: 'call-notes',
      days: days.callNotes,
      due: ({ today }) => silencing.countDetailed(addDays(today, -days.callNotes)),
      oldest: () => silencing.oldestDetailed(),
      end: ({ today }) =>
        endInBatches((limit) => silencing.endDetails(addDays(today, -days.callNotes), limit)),
    },
    {
      kind: 'erased-admissions',
      days: days.erasedAdmissions,
      due: ({ now }) => erasedAdmissions.countBefore(daysBefore(now, days.erasedAdmissions)),
      oldest: async () => {
        const at = await erasedAdmissions.oldest();
        return at && time.dateOf(at);
      },
      end: ({ now }) => erasedAdmissions.removeBefore(daysBefore(now, days.erasedAdmissions)),
    },
  ];
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 24 * 60 * 60_000);
}
