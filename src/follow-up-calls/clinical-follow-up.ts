import type { HospitalTime } from '../shared/hospital-time.ts';
import { callIdOf } from './discharge.ts';
import type { DischargeRecord } from './discharge.ts';
import type { CallAttempt, ClinicalFollowUp, FollowUpCall } from './follow-up-call.ts';

/** Names a follow-up within its admission: the same way on the same day is the same follow-up. */
export function followUpIdOf({ way, on }: ClinicalFollowUp): string {
  return `${way}:${on}`;
}

/**
 * A clinical follow-up that has been made, as the call it is kept as: closed, complete, its one attempt at noon of its day. It
 * counts in the month of the discharge.
 */
export function clinicalFollowUpOf(
  record: DischargeRecord,
  followUp: ClinicalFollowUp,
  made: { readonly by: string; readonly now: Date; readonly time: HospitalTime },
): FollowUpCall {
  const { by, now, time } = made;
  const standing = { state: 'closed', outcome: 'complete', nextAttemptAt: now } as const;
  const attempt: CallAttempt = {
    attemptId: followUpIdOf(followUp),
    disposition: 'complete',
    way: followUp.way,
    startedAt: time.momentOf(followUp.on, '12:00'),
    durationSeconds: 0,
    by,
    recordedAt: now,
    note: null,
    callBackAt: null,
    redFlag: false,
    fingerprint: '',
    reconciled: false,
    standing,
  };
  return {
    ...standing,
    id: callIdOf('clinical', record.id),
    dischargeId: record.id,
    departmentCode: record.departmentCode,
    purpose: 'clinical',
    dischargedOn: record.dischargedOn,
    countedOn: record.countedOn,
    period: record.period,
    trial: record.trial,
    dueOn: record.dischargedOn,
    closesOn: followUp.on,
    claim: null,
    attempts: [attempt],
    withdrawn: false,
    openedAt: now,
  };
}
