import type { CalendarDate, ReportingPeriod } from '../shared/reporting-period.ts';
import { callWindow } from './call-rules.ts';
import type { CallPurpose, Discharge, DischargeWay, FollowUpCall } from './follow-up-call.ts';
import { nextAttempt } from './next-attempt.ts';
import type { PersonKeys } from './person-key.ts';
import type { AttemptFrame } from './next-attempt.ts';

/** Blind indexes of the keys by which an admission is known; null for one that never came. */
export interface AdmissionKeys {
  /** Of 住院流水号. */
  readonly admission: string | null;
  /** Of 住院号 with 住院次数: a readmission has another. */
  readonly visit: string | null;
}

/** Who a discharge is about, each field encrypted; null for what never came. */
export interface SealedIdentity {
  readonly name: string;
  readonly phone: string | null;
  readonly contactPhone: string | null;
  readonly admissionNo: string | null;
  readonly patientNo: string | null;
}

/** A discharge as it is stored: who it is about is encrypted, and the id is random: what remains of an erased one leads to nobody. */
export interface DischargeRecord {
  readonly id: string;
  readonly keys: AdmissionKeys;
  readonly departmentCode: string;
  readonly nursingUnit: string | null;
  readonly dischargedOn: CalendarDate;
  /** The day as first registered: it decides the period, and a correction never moves it. */
  readonly countedOn: CalendarDate;
  readonly period: ReportingPeriod;
  /** Registered in trial operation: it and its calls count nowhere. */
  readonly trial: boolean;
  readonly dischargeWay: DischargeWay | null;
  readonly doctor: string | null;
  readonly nurse: string | null;
  /** Null when its retention is over or it was erased: what is counted stays. */
  readonly identity: SealedIdentity | null;
  readonly personKeys: PersonKeys;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** One fault of one field of a row; `code` is a key of `follow-up-calls:fault`. */
export interface RowFault {
  readonly field: string;
  readonly code: string;
}

/** What is wrong with a well-formed discharge: a day to come, one too long ago to be called, a follow-up before the discharge. */
export function dischargeFaults(
  discharge: Discharge,
  days: { readonly today: CalendarDate; readonly oldest: CalendarDate },
): readonly RowFault[] {
  const { dischargedOn, followedUpOn } = discharge;
  if (dischargedOn > days.today) return [{ field: 'dischargedOn', code: 'future' }];
  if (dischargedOn < days.oldest) return [{ field: 'dischargedOn', code: 'too_old' }];
  if (followedUpOn === undefined) return [];
  if (followedUpOn > days.today) return [{ field: 'followedUpOn', code: 'follow_up_future' }];
  if (followedUpOn < dischargedOn) return [{ field: 'followedUpOn', code: 'follow_up_early' }];
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
  frame: Omit<AttemptFrame, 'dueOn' | 'closesOn'>,
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
