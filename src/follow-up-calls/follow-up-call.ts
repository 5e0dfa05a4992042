import type { CalendarDate, ReportingPeriod } from '../shared/reporting-period.ts';
import type { DispositionCode } from './disposition.ts';

/** 随访 or 满意度回访. */
export type CallPurpose = 'clinical' | 'satisfaction';

/** How a follow-up reached the patient. */
export type FollowUpWay = 'phone' | 'wechat' | 'clinic' | 'home';

/** 出院登记 as the HIS sends it. */
export interface Discharge {
  /** 住院流水号: identifies the admission, not the person. */
  readonly admissionNo: string;
  readonly departmentCode: string;
  readonly nursingUnit?: string | undefined;
  readonly dischargedOn: CalendarDate;
  /** 离院方式, as coded by the hospital. `died` opens no call. */
  readonly dischargeWay?: 'home' | 'transfer' | 'against-advice' | 'died' | 'other' | undefined;
  readonly patientName: string;
  readonly phone: string;
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
  readonly note: string | null;
  readonly callBackAt: Date | null;
  readonly redFlag: boolean;
}

/** 领取: one nurse has the call until the lease ends. */
export interface CallClaim {
  readonly by: string;
  readonly byName: string;
  readonly until: Date;
}

/** A follow-up call to one discharged patient for one purpose. It holds no name and no phone number. */
export interface FollowUpCall {
  readonly id: string;
  readonly dischargeId: string;
  readonly departmentCode: string;
  readonly purpose: CallPurpose;
  readonly dischargedOn: CalendarDate;
  /** Month of the discharge: where its answer and its outcome count. */
  readonly period: ReportingPeriod;
  readonly state: 'open' | 'closed';
  /** First day it may be made. */
  readonly dueOn: CalendarDate;
  /** Last day; afterwards it is no longer worked. */
  readonly closesOn: CalendarDate;
  /** Earliest moment of the next attempt. */
  readonly nextAttemptAt: Date;
  readonly claim: CallClaim | null;
  readonly attempts: readonly CallAttempt[];
  /** Disposition that stands for the call in the outcome rates; null before the first attempt. */
  readonly outcome: DispositionCode | null;
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
  /** Calls whose outcome is in AAPOR class I, P, R, NC, O, UH, UO, NE. Calls never attempted are `NC`. */
  readonly classes: Readonly<Record<'I' | 'P' | 'R' | 'NC' | 'O' | 'UH' | 'UO' | 'NE', number>>;
  /** Admissions with at least one clinical follow-up (national indicator 21). */
  readonly clinicallyFollowedUp: number;
}

/** Counts a month's calls per department, as known before the cut-off. */
export type TallyCalls = (period: ReportingPeriod, cutoffAt: Date) => Promise<readonly CallTally[]>;
