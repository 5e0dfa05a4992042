import type { LocalizedText } from '../shared/localized-text.ts';
import type { PeriodSpan } from '../shared/long-period.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { DisplayLevel } from '../statistics/small-numbers.ts';
import type { Dimension, ResponsibleUnit } from '../survey-forms/survey-form.ts';
import type { SurveyMode, Verification } from '../survey-responses/survey-response.ts';
import type { FinalCalls, PresentedShare } from './moving-calls.ts';
import type { NoChangeReason, ScorecardSection, SectionScope, Verdict } from './scorecard.ts';

/** A rate fit to be shown. Ratios 0–1; whatever the level does not allow is null. */
export interface PresentedRate {
  /** Numerator; its denominator is the n beside it. Null in a 快报. */
  readonly x: number | null;
  readonly value: number | null;
  /** 95 % interval: Wilson for an item, approximate for a dimension. */
  readonly low: number | null;
  readonly high: number | null;
}

/** The hospital's value beside a department's, as percentages with n. */
export interface PresentedHospital {
  readonly n: number;
  readonly satisfied: number;
  readonly topBox: number;
  readonly meanScore: number | null;
}

/** A tested change of the satisfied rate, as ratios. Stated only with 30 answers in both months. */
export interface PresentedChange {
  readonly previousN: number;
  readonly previousValue: number;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly adjustedP: number;
  readonly significant: boolean;
}

/** Where a department stands in the hospital's 99.8 % funnel. */
export type Standing = 'above' | 'below' | 'inside';

/** One item as it may leave the server. */
export interface PresentedItem {
  readonly code: string;
  readonly text: LocalizedText;
  /** The item in a few words. */
  readonly label: LocalizedText;
  readonly dimension: Dimension;
  readonly responsibleUnit: ResponsibleUnit;
  readonly level: DisplayLevel;
  /** Null when hidden. */
  readonly n: number | null;
  /** Null when hidden, without an answer, or for an item that is not scored. */
  readonly satisfied: PresentedRate | null;
  readonly topBox: PresentedRate | null;
  /** 0–100. */
  readonly meanScore: number | null;
  readonly hospital: PresentedHospital | null;
  readonly standing: Standing | null;
  readonly change: PresentedChange | null;
  readonly noChangeReason: NoChangeReason | 'not-scored' | 'provisional' | null;
}

/** One dimension as it may leave the server. */
export interface PresentedDimension {
  readonly dimension: Dimension;
  readonly level: DisplayLevel;
  readonly n: number | null;
  /** The items its value is the mean of. */
  readonly itemCodes: readonly string[];
  /** Items left out because their own n is 1–4. */
  readonly leftOut: number;
  readonly satisfied: PresentedRate | null;
  readonly topBox: PresentedRate | null;
  readonly meanScore: number | null;
  readonly hospital: PresentedHospital | null;
}

/** How many answered, and how. */
export interface PresentedResponses {
  /** Null when 1–4. */
  readonly complete: number | null;
  readonly partial: number | null;
  /** `n` null where the split hides it; empty when the section is hidden. */
  readonly byMode: readonly {
    readonly mode: SurveyMode;
    readonly verification: Verification;
    readonly n: number | null;
  }[];
}

/** One patient group as it may leave the server. */
export interface PresentedSection extends Pick<
  ScorecardSection,
  'patientGroup' | 'patientGroupName' | 'forms' | 'satisfiedRule'
> {
  readonly scope: SectionScope;
  readonly level: DisplayLevel;
  readonly responses: PresentedResponses;
  readonly dimensions: readonly PresentedDimension[];
  readonly items: readonly PresentedItem[];
}

/** The month's calls as they may leave the server. Null where a number of 1–4 could be read or worked out. */
export interface PresentedCalls {
  readonly discharges: number;
  readonly calls: number;
  readonly attempted: number;
  /** Whether calls were still open at the cut-off (or the snapshot does not know), so that the figures may move. */
  readonly moving: boolean;
  /** 接通: I + P + R + O. */
  readonly reached: number | null;
  readonly completed: number | null;
  readonly partial: number | null;
  readonly refused: number | null;
  readonly other: number | null;
  readonly rates: Readonly<Record<'RR1' | 'COOP1' | 'REF1' | 'CON1', PresentedShare | null>>;
  /** 出院患者随访比例 (national indicator 21), also when nobody was followed up; null before the month is closed. */
  readonly clinicalFollowUp: PresentedShare | null;
}

/** What a scorecard over several months is made of. */
export interface PresentedSum {
  readonly span: PeriodSpan | 'rolling';
  /** Closed months, oldest first. */
  readonly months: readonly ReportingPeriod[];
  /** Months of the period that are not closed. */
  readonly missing: readonly ReportingPeriod[];
  /** Closed months of which something is left out, for it is 1–4. */
  readonly leftOut: readonly ReportingPeriod[];
}

/** A scorecard as page, mail and API show it. */
export interface PresentedScorecard {
  readonly period: ReportingPeriod;
  /** Null for a 快报. */
  readonly revision: number | null;
  readonly provisional: boolean;
  readonly departmentCode: string;
  readonly departmentName: LocalizedText;
  readonly cutoffAt: Date;
  readonly verdict: Verdict | 'provisional';
  readonly sections: readonly PresentedSection[];
  readonly calls: PresentedCalls | null;
  /** How the calls of the month before ended, beside what was printed then; null where none was open, in a 快报 and in a sum. */
  readonly previousCalls: FinalCalls | null;
  /** Only where it is a sum of several months. */
  readonly sum?: PresentedSum;
}
