import type { Locale, LocalizedText } from '../shared/localized-text.ts';

/** The code that stands for the whole hospital on scorecards. No department may have it. */
export const hospitalCode = 'hospital';

/** 临床, 医技, 窗口, 职能. */
export type DepartmentKind = 'clinical' | 'technical' | 'window' | 'administrative';

/** Why somebody receives the scorecard: 科主任, 护士长, or another recipient. */
export type RecipientRole = 'department-head' | 'head-nurse' | 'other';

/** A person whom the scorecard is e-mailed to. */
export interface ScorecardRecipient {
  readonly name: string;
  readonly role: RecipientRole;
  /** ASCII address, lower case. */
  readonly email: string;
  readonly language: Locale;
}

/** 科室. `code` never changes and is what answers, calls and scorecards refer to. */
export interface Department {
  readonly code: string;
  readonly name: LocalizedText;
  readonly kind: DepartmentKind;
  readonly active: boolean;
  readonly recipients: readonly ScorecardRecipient[];
}
