import type { LocalizedText } from '../shared/localized-text.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { Dimension, ResponsibleUnit } from '../survey-forms/survey-form.ts';
import type { SurveyMode, Verification } from '../survey-responses/survey-response.ts';
import type { CallTally } from '../follow-up-calls/follow-up-call.ts';
import type { FinalCalls } from './moving-calls.ts';

/** `x` of `n`: the only way a rate is stored. */
export interface Count {
  readonly x: number;
  readonly n: number;
}

/** Change of a satisfied rate against the month before: ratios, Newcombe 95 % interval, Holm-adjusted p. */
export interface Change {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly adjustedP: number;
  /** Whether it is more than chance after Holm's correction over this scorecard's items. */
  readonly significant: boolean;
}

/** Why no change is stated. */
export type NoChangeReason = 'no-previous-month' | 'too-few-answers' | 'modes-changed';

/** One item of one patient group. Raw counts: the display ladder is the view model's. */
export interface ItemResult {
  readonly code: string;
  readonly text: LocalizedText;
  /** The item in a few words. */
  readonly label: LocalizedText;
  readonly dimension: Dimension;
  readonly responsibleUnit: ResponsibleUnit;
  /** Valid answers: N/A is in neither numerator nor denominator. */
  readonly n: number;
  /** 0–100; null without a valid answer or for an item that is not scored. */
  readonly meanScore: number | null;
  readonly satisfied: Count;
  readonly topBox: Count;
  readonly optionCounts: Readonly<Record<string, number>>;
  /** The same item over the whole hospital, this month. */
  readonly hospital: { readonly meanScore: number | null; readonly satisfied: Count; readonly topBox: Count };
  readonly previousSatisfied: Count | null;
  readonly change: Change | null;
  readonly noChangeReason: NoChangeReason | null;
}

/** A composite: unweighted mean of its items' values; interval is the mean of the items' limits (approximate). */
export interface Composite {
  /** Ratio 0–1, null without a valid item. */
  readonly satisfied: { readonly value: number; readonly low: number; readonly high: number } | null;
  readonly topBox: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** 0–100. */
  readonly meanScore: number | null;
}

/** One dimension of one patient group. */
export interface DimensionResult extends Composite {
  readonly dimension: Dimension;
  /** Responses with at least one valid item of the dimension. */
  readonly n: number;
  readonly itemCodes: readonly string[];
  readonly hospital: Composite & { readonly n: number };
}

/**
 * Whose answers and items a section holds: `own`, what this department's patients say of what it answers for;
 * `fixed-unit`, what all patients say of the items this unit alone answers for; `hospital`, everything.
 */
export type SectionScope = 'own' | 'fixed-unit' | 'hospital';

/** The answers of one patient group: groups and their forms are never mixed in one figure. */
export interface ScorecardSection {
  readonly patientGroup: string;
  readonly patientGroupName: LocalizedText;
  readonly scope: SectionScope;
  /** Every form version answered in the month. */
  readonly forms: readonly { readonly formId: string; readonly formVersion: number }[];
  readonly satisfiedRule: LocalizedText;
  readonly responses: {
    readonly complete: number;
    readonly partial: number;
    readonly byMode: readonly {
      readonly mode: SurveyMode;
      readonly verification: Verification;
      readonly n: number;
    }[];
  };
  readonly dimensions: readonly DimensionResult[];
  readonly items: readonly ItemResult[];
}

/** What the month says in one word. `mixed`: some items better, some worse. */
export type Verdict = 'no-data' | 'too-few' | 'not-comparable' | 'no-change' | 'better' | 'worse' | 'mixed';

/** A month's calls on a scorecard; `open` is absent in snapshots made before it was counted. */
export type ScorecardCalls = Omit<CallTally, 'departmentCode' | 'period' | 'open'> &
  Partial<Pick<CallTally, 'open'>>;

/** 科室满意度月报: one department (or the whole hospital), one month, one revision. Frozen once stored. */
export interface Scorecard {
  readonly period: ReportingPeriod;
  readonly revision: number;
  /** Department code, or `hospital` for the whole. */
  readonly departmentCode: string;
  readonly departmentName: LocalizedText;
  /** Answers received before this moment are counted. */
  readonly cutoffAt: Date;
  readonly sections: readonly ScorecardSection[];
  readonly calls: ScorecardCalls | null;
  /** How the calls of the month before ended; null where there is nothing to say, absent in snapshots made before it was counted. */
  readonly previousCalls?: FinalCalls | null;
  readonly verdict: Verdict;
}

/** A scorecard as it is stored, with the hash of its content. */
export interface FrozenScorecard extends Scorecard {
  readonly contentHash: string;
}

/** The record that makes a revision of a month exist: written last, after every scorecard. */
export interface PeriodRecord {
  readonly period: ReportingPeriod;
  readonly revision: number;
  readonly cutoffAt: Date;
  readonly closedAt: Date;
  /** Account id, or `system` for the job. */
  readonly closedBy: string;
  /** Why the office made this revision; absent for the first. */
  readonly reason?: string;
  readonly departmentCodes: readonly string[];
  readonly contentHash: string;
}

/** A revision the office has asked for: written before anything is counted, so that a crash leaves something to complete. */
export interface RevisionPlan {
  readonly period: ReportingPeriod;
  readonly revision: number;
  readonly cutoffAt: Date;
  readonly reason: string;
  /** Account id. */
  readonly requestedBy: string;
}
