import type { CallScript } from './call-script.ts';
import type { Locale, LocalizedText } from '../shared/localized-text.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';

/** 维度: 服务好, 质量好, 医德好, 群众满意, in the campaign's order. */
export const dimensions = ['service', 'quality', 'ethics', 'overall'] as const;

/** 维度. */
export type Dimension = (typeof dimensions)[number];

/** 责任单元: who answers for an item. `fixed` names a unit outside the department, such as 收费处. */
export type ResponsibleUnit =
  'department' | 'nursing-unit' | { readonly fixed: string; readonly name: LocalizedText };

/** One option of a choice item. N/A options have no score and leave numerator and denominator. */
export interface SurveyOption {
  readonly code: string;
  readonly text: LocalizedText;
  /** 0–100, null for N/A and for options of an item that is not scored. */
  readonly score: number | null;
  /** Counts towards 满意率. */
  readonly satisfied: boolean;
  /** Counts towards 非常满意率 (top box). */
  readonly topBox: boolean;
  readonly notApplicable: boolean;
}

/** One answer to the first of two spoken questions: the options it leads to, and the second question when there are several. */
export interface UnfoldingBranch {
  readonly text: LocalizedText;
  /** Null when the branch leads to one option only. */
  readonly question: LocalizedText | null;
  /** Option codes. */
  readonly options: readonly string[];
}

/** A scale asked aloud in two steps: 满意还是不满意? then 非常还是比较? Every option is in exactly one branch. */
export interface Unfolding {
  readonly question: LocalizedText;
  readonly branches: readonly UnfoldingBranch[];
}

/**
 * `choice` one of the options; `text` free words in `answers`; `praise` a colleague and words, sent as `praise`; `comment` the form's
 * one free text, sent as `comment`.
 */
export type ItemKind = 'choice' | 'text' | 'praise' | 'comment';

/** 题目. `code` joins versions and is what answers refer to. */
export interface SurveyItem {
  readonly code: string;
  readonly kind: ItemKind;
  readonly dimension: Dimension;
  readonly responsibleUnit: ResponsibleUnit;
  readonly required: boolean;
  /** Whether every patient can answer it: such items decide whether a response is complete. */
  readonly appliesToAll: boolean;
  /** 红包 and the like: stored apart, never in a scorecard, mail or comment. */
  readonly confidential: boolean;
  /** A nominal item is reported, never scored. */
  readonly scored: boolean;
  readonly text: LocalizedText;
  /** A few words that name the item in headlines, tables and mails: 医生态度. */
  readonly label: LocalizedText;
  readonly options: readonly SurveyOption[];
  /** What a caller says, in short spoken sentences. */
  readonly script?: LocalizedText;
  /** How a caller asks the scale in two steps. */
  readonly unfolding?: Unfolding;
}

/** 问卷: one immutable version. */
export interface SurveyForm {
  readonly id: string;
  readonly version: number;
  /** 调查对象, data: `outpatient`, `inpatient`, `discharged`, … */
  readonly patientGroup: string;
  readonly patientGroupName: LocalizedText;
  readonly effectiveFrom: CalendarDate;
  readonly title: LocalizedText;
  readonly introduction: LocalizedText;
  /** Printed beside satisfied rates: which options count as satisfied. */
  readonly satisfiedRule: LocalizedText;
  readonly items: readonly SurveyItem[];
  /** What a caller says around the items. A form with a script is read aloud. */
  readonly script?: CallScript;
  /** SHA-256 of the file's content. */
  readonly contentHash: string;
}

/** Every published form, in memory: forms never change, so answering reads none from the database. */
export interface SurveyFormCatalogue {
  readonly find: (formId: string, version: number) => SurveyForm | undefined;
  /** The form of a patient group in force on a day: the newest version whose date has come. */
  readonly inForce: (patientGroup: string, date: CalendarDate) => SurveyForm | undefined;
  readonly all: () => readonly SurveyForm[];
  readonly languages: readonly Locale[];
}

/** The code of the fixed unit that answers for an item, or null when the patient's department does. */
export function fixedUnitOf(item: Pick<SurveyItem, 'responsibleUnit'>): string | null {
  return typeof item.responsibleUnit === 'object' ? item.responsibleUnit.fixed : null;
}

/** Whose dimension an item counts in: `service` for the department's, `service@billing` for a fixed unit's. */
export function dimensionPart(item: Pick<SurveyItem, 'dimension' | 'responsibleUnit'>): string {
  const unit = fixedUnitOf(item);
  return unit === null ? item.dimension : `${item.dimension}@${unit}`;
}
