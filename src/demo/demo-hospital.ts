import type { DispositionCode } from '../follow-up-calls/disposition.ts';
import type { StaffPost } from '../staff/staff-member.ts';
import type { SurveyMode } from '../survey-responses/survey-response.ts';

/** How many answers a month a department gets from one patient group, by mode; phone answers come from its discharges. */
export type MonthlyAnswers = Readonly<Partial<Record<SurveyMode, number>>>;

/** What goes on in one department of the demonstration hospital. */
export interface DemoActivity {
  readonly code: string;
  /** Added to the share of satisfied answers of every item, such as 0.01. */
  readonly level: number;
  /** Share of answers that relatives give. */
  readonly family: number;
  /** Patient group → answers a month. */
  readonly answers: Readonly<Record<string, MonthlyAnswers>>;
  /** Discharges a month. */
  readonly discharges: number;
  /** How many people of each 岗位 work here. */
  readonly staff: Readonly<Partial<Record<StaffPost, number>>>;
}

/** How an item is answered where the story says nothing else. Shares of 0–1. */
export interface DemoItem {
  readonly satisfied?: number;
  readonly notApplicable?: number;
  /** Shares of the options of an item that is not scored. */
  readonly weights?: Readonly<Record<string, number>>;
}

/** What happens to one item of a department: its satisfied share until the month before the last closed one, and since. */
export interface DemoTurn {
  readonly before: number | null;
  readonly after: number;
}

/** A department that improves or falls ill: item code → what happens. */
export interface DemoStory {
  readonly departmentCode: string;
  readonly items: Readonly<Record<string, DemoTurn>>;
}

/** How people write of their own accord; no text names anybody. */
export interface DemoWords {
  readonly good: readonly string[];
  readonly bad: readonly string[];
  readonly praise: readonly string[];
}

/** How calls end: the share of each 拨打结果 among attempts. */
export type DemoDispositions = Readonly<Partial<Record<DispositionCode, number>>>;

/** The demonstration hospital: who, how much, how good, and what happens. The file is `config/demo/hospital.json`. */
export interface DemoHospital {
  /** A file of departments, in the form in which a hospital imports its own. */
  readonly departmentsFile: string;
  /** Departments besides those; checked by the departments slice, as the file is. */
  readonly departments: readonly unknown[];
  readonly activity: readonly DemoActivity[];
  /** Shares for items without a line of their own. */
  readonly usual: {
    readonly satisfied: number;
    /** Of the satisfied answers, those of the best option. */
    readonly topShare: number;
    readonly notApplicable: number;
    readonly skipped: number;
    readonly partial: number;
    readonly comment: number;
    readonly praise: number;
    /** Of what is praised, how much picks a colleague from the staff register. */
    readonly praiseNames: number;
  };
  readonly items: Readonly<Record<string, DemoItem>>;
  readonly stories: readonly DemoStory[];
  readonly words: DemoWords;
  readonly calls: {
    readonly dispositions: DemoDispositions;
    /** Share of patients who are never reached, however often they are called. */
    readonly unreachable: number;
    readonly unreachableDispositions: DemoDispositions;
    /** Notes for results that need one. */
    readonly notes: readonly string[];
    readonly redFlagNotes: readonly string[];
  };
  readonly people: { readonly surnames: readonly string[]; readonly givenNames: readonly string[] };
}
