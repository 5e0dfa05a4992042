import type { Locale } from '../shared/localized-text.ts';
import type { CalendarDate, ReportingPeriod } from '../shared/reporting-period.ts';
import type { GivenContact } from '../contacts/contact.ts';
import type { GivenPraise, Praise } from './praise.ts';

/** 调查方式. */
export const surveyModes = ['web', 'kiosk', 'paper', 'onsite', 'phone', 'symposium'] as const;

/** 调查方式: how the answer came. */
export type SurveyMode = (typeof surveyModes)[number];

/** 作答人: 本人, 家属, 工作人员协助. */
export const answerers = ['patient', 'family', 'staff-assisted'] as const;

/** 作答人: who answered. */
export type AnsweredBy = (typeof answerers)[number];

/** 核验: how it is known that a patient answered. */
export type Verification = 'one-time-link' | 'call' | 'device' | 'none';

/** One answered choice item. */
export interface ItemAnswer {
  readonly item: string;
  readonly option: string;
}

/** Words written for one text item. */
export interface ItemText {
  readonly item: string;
  readonly text: string;
}

/** 答卷 as it is stored: it pins its form version and carries nothing that names the patient. */
export interface SurveyResponse {
  /** Made by the client; the same id again is the same response. */
  readonly submissionId: string;
  readonly formId: string;
  readonly formVersion: number;
  readonly patientGroup: string;
  readonly departmentCode: string;
  readonly mode: SurveyMode;
  readonly answeredBy: AnsweredBy;
  readonly verification: Verification;
  /** Choice answers that scorecards may count. */
  readonly answers: readonly ItemAnswer[];
  /** Answers to confidential items: kept apart so that no tally can touch them. */
  readonly confidentialAnswers: readonly ItemAnswer[];
  readonly texts: readonly ItemText[];
  readonly comment: string | null;
  readonly praise: Praise | null;
  /** `complete` when at least half of the items that apply to all are answered. */
  readonly completeness: 'complete' | 'partial';
  /**
   * Parts with at least one valid (not N/A, scored, not confidential) answer, sorted: `service` for items of the
   * department, `service@billing` for items a fixed unit answers for. They give a dimension its n.
   */
  readonly validDimensions: readonly string[];
  /** The day written on paper, or null. */
  readonly answeredOn: CalendarDate | null;
  readonly receivedAt: Date;
  /** Stamped at arrival; a corrected date never moves it. */
  readonly period: ReportingPeriod;
  /** Arrived in trial operation: it counts nowhere, ever. */
  readonly trial: boolean;
  /** 导入: the older system it was given in. Absent for answers given here. */
  readonly importedFrom?: string;
  /** 隐私告知: the version that was shown or read out. Absent when none, or none of ours, was named. */
  readonly noticeVersion?: string;
  /** The patient ticked that the words may be published without a name. Absent otherwise. */
  readonly mayPublish?: true;
  /** Keyed HMAC of the call (or link) it came by, for uniqueness; null for open answers. */
  readonly sourceKey: string | null;
  /** SHA-256 of what the client sent, to tell a replay from a different answer under the same id. */
  readonly fingerprint: string;
}

/** What a client sends, already shaped by joi. */
export interface Submission {
  readonly submissionId: string;
  readonly formId: string;
  readonly formVersion: number;
  readonly departmentCode: string;
  readonly mode: SurveyMode;
  readonly answeredBy?: AnsweredBy | undefined;
  /** Item code → option code, or the words for a text item. */
  readonly answers: Readonly<Record<string, string>>;
  readonly comment?: string | undefined;
  readonly praise?: GivenPraise | undefined;
  /** Kept apart from the answer, for the complaint office alone. */
  readonly contact?: GivenContact | undefined;
  readonly answeredOn?: CalendarDate | undefined;
  /** 隐私告知 that was shown; one that is not known is not stored, and never refuses the answer. */
  readonly noticeVersion?: string | undefined;
  /** Whether the words may be published without a name. */
  readonly mayPublish?: boolean | undefined;
}

/** What decides the month and the trust of a submission, known to the server and never sent by the client. */
export interface SubmissionSource {
  readonly verification: Verification;
  /** Keyed HMAC of the call or link, or null. */
  readonly sourceKey: string | null;
  /** Day of discharge, for answers by phone or personal link. */
  readonly dischargedOn: CalendarDate | null;
  /** Whether the call or link it came by is a trial one; left out, the mode of the moment decides. */
  readonly trial?: boolean;
}

/** What is known of an answer that anybody may give, or that staff type in from paper: nothing. */
export const openSource: SubmissionSource = { verification: 'none', sourceKey: null, dischargedOn: null };

/** The acknowledgement: the same for the first submit and every replay. */
export interface SubmissionReceipt {
  readonly submissionId: string;
  readonly formId: string;
  readonly formVersion: number;
  readonly period: ReportingPeriod;
  readonly receivedAt: string;
  readonly completeness: 'complete' | 'partial';
}

/** Stores a submission once. `replayed` tells 201 from 200. */
export type SubmitSurveyResponse = (
  submission: Submission,
  source: SubmissionSource,
  /** Language of what is said about faults; Simplified Chinese when left out. */
  locale?: Locale,
) => Promise<{ readonly receipt: SubmissionReceipt; readonly replayed: boolean }>;

/** Count of one option of one item among complete responses of a month. */
export interface ItemTally {
  readonly departmentCode: string;
  readonly patientGroup: string;
  readonly formId: string;
  readonly formVersion: number;
  readonly mode: SurveyMode;
  readonly verification: Verification;
  readonly item: string;
  readonly option: string;
  readonly count: number;
}

/** Count of responses of a month by department, group, mode, verification, completeness and valid dimensions. */
export interface ResponseTally {
  readonly departmentCode: string;
  readonly patientGroup: string;
  readonly formId: string;
  readonly formVersion: number;
  readonly mode: SurveyMode;
  readonly verification: Verification;
  readonly completeness: 'complete' | 'partial';
  readonly validDimensions: readonly string[];
  readonly count: number;
}

/** A month's answers, counted. */
export interface PeriodTally {
  readonly items: readonly ItemTally[];
  readonly responses: readonly ResponseTally[];
}

/** Counts a month's answers received before the cut-off. */
export type TallyPeriod = (period: ReportingPeriod, cutoffAt: Date) => Promise<PeriodTally>;

/** How many answers of one department, form and mode came after a moment, and when; nothing of what they say. */
export interface LateAnswers extends Omit<ResponseTally, 'completeness' | 'validDimensions' | 'count'> {
  readonly complete: number;
  readonly partial: number;
  readonly firstReceivedAt: Date;
  readonly lastReceivedAt: Date;
}

/** Counts a month's answers received at or after a moment. */
export type CountLateAnswers = (period: ReportingPeriod, since: Date) => Promise<readonly LateAnswers[]>;
