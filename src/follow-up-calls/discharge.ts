import type { HospitalTime } from '../shared/hospital-time.ts';
import type { CalendarDate, ReportingPeriod } from '../shared/reporting-period.ts';
import { callWindow } from './call-rules.ts';
import type { CallRules } from './call-rules.ts';
import type { CallPurpose, Discharge, DischargeWay, FollowUpCall } from './follow-up-call.ts';
import { nextAttempt } from './next-attempt.ts';

/** A discharge as it is stored: who it is about is encrypted, and the id is the blind index of the admission. */
export interface DischargeRecord {
  readonly id: string;
  readonly departmentCode: string;
  readonly nursingUnit: string | null;
  readonly dischargedOn: CalendarDate;
  /** The day as first registered: it decides the period, and a correction never moves it. */
  readonly countedOn: CalendarDate;
  readonly period: ReportingPeriod;
  /** Registered in trial operation: it and its calls count nowhere. */
  readonly trial: boolean;
  readonly dischargeWay: DischargeWay | null;
  readonly identity: { readonly name: string; readonly phone: string; readonly admissionNo: string };
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** One fault of one field of a row; `code` is a key of `follow-up-calls:fault`. */
export interface RowFault {
  readonly field: string;
  readonly code: string;
}

/** What is wrong with a well-formed discharge: a day to come, or one too long ago to be called. */
export function dischargeFaults(
  discharge: Discharge,
  days: { readonly today: CalendarDate; readonly oldest: CalendarDate },
): readonly RowFault[] {
  if (discharge.dischargedOn > days.today) return [{ field: 'dischargedOn', code: 'future' }];
  if (discharge.dischargedOn < days.oldest) return [{ field: 'dischargedOn', code: 'too_old' }];
  return [];
}

/** Id of a discharge's call for a purpose: always the same, so that no crash and no race opens two. */
export function callIdOf(purpose: CallPurpose, dischargeId: string): string {
  return `${purpose}:${dischargeId}`;
}

/** The satisfaction call a discharge opens, not yet tried. */
export function openingOf(
  record: DischargeRecord,
  now: Date,
  frame: { readonly rules: CallRules; readonly time: HospitalTime },
): FollowUpCall {
  const window = callWindow(record.dischargedOn, frame.rules);
  const next = nextAttempt([], now, { ...window, ...frame });
  return {
    id: callIdOf('satisfaction', record.id),
    dischargeId: record.id,
    departmentCode: record.departmentCode,
    purpose: 'satisfaction',
    dischargedOn: record.dischargedOn,
    countedOn: record.countedOn,
    period: record.period,
    trial: record.trial,
    ...window,
    state: 'open',
    outcome: null,
    nextAttemptAt: next.kind === 'at' ? next.at : now,
    claim: null,
    attempts: [],
    withdrawn: false,
    openedAt: now,
  };
}
