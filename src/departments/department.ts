import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';

/** The code that stands for the whole hospital on scorecards. No department may have it. */
export const hospitalCode = 'hospital';

/** The kinds in the order hospitals list them. */
export const departmentKinds = ['clinical', 'technical', 'window', 'administrative'] as const;

/** 临床, 医技, 窗口, 职能. */
export type DepartmentKind = (typeof departmentKinds)[number];

/** The roles in the order they are shown. */
export const recipientRoles = ['department-head', 'head-nurse', 'other'] as const;

/** Why somebody receives the scorecard: 科主任, 护士长, or another recipient. */
export type RecipientRole = (typeof recipientRoles)[number];

/** A person whom the scorecard is e-mailed to. */
export interface ScorecardRecipient {
  readonly name: string;
  readonly role: RecipientRole;
  /** ASCII address, lower case. */
  readonly email: string;
  readonly language: Locale;
}

/** 病区: a ward of one department. `code` never changes. */
export interface NursingUnit {
  readonly code: string;
  readonly name: LocalizedText;
  readonly active: boolean;
}

/** What a department may have beyond what every one has. */
export interface DepartmentDetails {
  /** 院区, as it is called; null in a hospital with one. */
  readonly campus: LocalizedText | null;
  readonly nursingUnits: readonly NursingUnit[];
  /** The day it opens; null: it always was. */
  readonly from: CalendarDate | null;
  /** The first day it is closed; null: it stays open. */
  readonly until: CalendarDate | null;
}

/** 科室. `code` never changes and is what answers, calls and scorecards refer to. */
export interface Department extends DepartmentDetails {
  readonly code: string;
  readonly name: LocalizedText;
  readonly kind: DepartmentKind;
  readonly active: boolean;
  readonly recipients: readonly ScorecardRecipient[];
}

/** What is saved of a department. A detail that is left out stays as it is stored; a new department begins without. */
export type DepartmentDraft = Omit<Department, keyof DepartmentDetails> & Partial<DepartmentDetails>;

/** The details of a department about which nothing is said. */
export const noDetails: DepartmentDetails = { campus: null, nursingUnits: [], from: null, until: null };
