import type { CalendarDate, ReportingPeriod } from '../shared/reporting-period.ts';
import type { DispositionCode } from './disposition.ts';

/** 随访 or 满意度回访. */
export type CallPurpose = 'clinical' | 'satisfaction';

/** How a follow-up can reach the patient: 电话, 微信, 门诊, 上门. */
export const followUpWays = ['phone', 'wechat', 'clinic', 'home'] as const;

/** How a follow-up reached the patient. */
export type FollowUpWay = (typeof followUpWays)[number];

/** A clinical follow-up (随访) that has been made: national indicator 21 counts it, whatever its way. */
export interface ClinicalFollowUp {
  readonly way: FollowUpWay;
  readonly on: CalendarDate;
}

/** 离院方式, as a discharge may carry it. */
export const dischargeWays = ['home', 'transfer', 'against-advice', 'died', 'other'] as const;

/** 离院方式. */
export type DischargeWay = (typeof dischargeWays)[number];

/** 出院登记 as the HIS sends it. One of the two keys is there; both may be. */
export interface Discharge {
  /** 住院流水号: identifies the admission, not the person. */
  readonly admissionNo?: string | undefined;
  /** 住院号 identifies the person; only with `visitNo` (住院次数) does it identify an admission. */
  readonly patientNo?: string | undefined;
  readonly visitNo?: number | undefined;
  readonly departmentCode: string;
  /** 病区 as the HIS writes it. */
  readonly nursingUnit?: string | undefined;
  readonly dischargedOn: CalendarDate;
  /** 离院方式. `died` opens no call. */
  readonly dischargeWay?: DischargeWay | undefined;
  /** 管床医生. */
  readonly doctor?: string | undefined;
  /** 责任护士. */
  readonly nurse?: string | undefined;
  readonly patientName: string;
  /** The patient's own; absent when it never came or cannot be dialled. */
  readonly phone?: string | undefined;
  /** 联系人电话: called when the patient's own does not answer. */
  readonly contactPhone?: string | undefined;
  /** 随访方式 and 随访日期, when the patient has been followed up already. */
  readonly followUpWay?: FollowUpWay | undefined;
  readonly followedUpOn?: CalendarDate | undefined;
}

/** 拨打: one attempt of a call. */
export interface CallAttempt {
  /** Made by the client; the same id again is the same attempt. */
  readonly attemptId: string;
  readonly disposition: DispositionCode;
  readonly way: FollowUpWay;
  readonly startedAt: Date;
  readonly durationSeconds: number;
  readonly by: string;
  readonly recordedAt: Date;
  /** Encrypted: words of a nurse may name the patient. */
  readonly note: string | null;
  readonly callBackAt: Date | null;
  readonly redFlag: boolean;
  /** Keyed fingerprint of what the client sent, to tell a replay from a different attempt under the same id. */
  readonly fingerprint: string;
  /** Written by the reconciler for an interview whose call was never updated. */
  readonly reconciled: boolean;
  /** How the call stood after this attempt: what a replay of it answers. */
  readonly standing: CallStanding;
}

/** How a call stands. */
export interface CallStanding {
  readonly state: 'open' | 'closed';
  /** Disposition that stands for the call in the outcome rates; null before the first attempt. */
  readonly outcome: DispositionCode | null;
  /** Earliest moment of the next attempt; of a closed call, the moment it was closed. */
  readonly nextAttemptAt: Date;
}

/** 领取: one nurse has the call until the lease ends. */
export interface CallClaim {
  readonly by: string;
  readonly byName: string;
  readonly until: Date;
}

/** A follow-up call to one discharged patient for one purpose. It holds no name and no phone number. */
export interface FollowUpCall extends CallStanding {
  readonly id: string;
  readonly dischargeId: string;
  readonly departmentCode: string;
  readonly purpose: CallPurpose;
  readonly dischargedOn: CalendarDate;
  /** Day of the discharge as first registered: it decides the period, and a correction never moves it. */
  readonly countedOn: CalendarDate;
  /** Month of the discharge: where its answer and its outcome count. */
  readonly period: ReportingPeriod;
  /** Opened by a discharge of trial operation: it counts nowhere. */
  readonly trial: boolean;
  /** First day it may be made. */
  readonly dueOn: CalendarDate;
  /** Last day; afterwards it is no longer worked. */
  readonly closesOn: CalendarDate;
  readonly claim: CallClaim | null;
  readonly attempts: readonly CallAttempt[];
  /** Closed because the discharge turned out not to be called (such as a death): it counts nowhere. */
  readonly withdrawn: boolean;
  readonly openedAt: Date;
}

/** Outcome of a month's satisfaction calls of one department, for the scorecard. */
export interface CallTally {
  readonly departmentCode: string;
  readonly period: ReportingPeriod;
  /** All discharges registered for the month. */
  readonly discharges: number;
  /** Discharges that opened a satisfaction call. */
  readonly calls: number;
  readonly attempted: number;
  /** Calls that could still be tried after the cut-off: whatever ended later was open then. */
  readonly open: number;
  /** Calls whose outcome is in AAPOR class I, P, R, NC, O, UH, UO, NE. Calls never attempted are `NC`. */
  readonly classes: Readonly<Record<'I' | 'P' | 'R' | 'NC' | 'O' | 'UH' | 'UO' | 'NE', number>>;
  /** Admissions with at least one clinical follow-up (national indicator 21). */
  readonly clinicallyFollowedUp: number;
}

/** Counts a month's calls per department, as known before the cut-off. */
export type TallyCalls = (period: ReportingPeriod, cutoffAt: Date) => Promise<readonly CallTally[]>;
