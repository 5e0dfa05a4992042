import type { FollowUpCall } from './follow-up-call.ts';
import type { SilenceKind } from './silence.ts';

/** What a duty doctor did about a red flag: 电话指导, 复诊, 急诊或入院, 转科室, 联系不上, 核实无需处理. */
export const redFlagOutcomes = [
  'advised',
  'follow-up-visit',
  'admitted',
  'referred',
  'not-reached',
  'no-action',
] as const;

/** What came of a red flag. */
export type RedFlagOutcome = (typeof redFlagOutcomes)[number];

/** What a duty doctor has done about the red flag of one attempt. No words: they would name the patient. */
export interface Escalation {
  readonly attemptId: string;
  readonly takenBy: string;
  readonly takenByName: string;
  readonly takenAt: Date;
  readonly outcome: RedFlagOutcome | null;
  readonly settledAt: Date | null;
}

/** 紧急情况: what a caller heard, and who looks after it. Neither name nor number of the patient. */
export interface RedFlag {
  readonly callId: string;
  readonly attemptId: string;
  readonly departmentCode: string;
  /** Account id of the caller. */
  readonly raisedBy: string;
  readonly raisedAt: Date;
  readonly escalation: Escalation | null;
}

/** A red flag in the list, with whether its patient is known to be deceased, or wishes not to be contacted. */
export interface ListedRedFlag extends RedFlag {
  readonly silence: SilenceKind | null;
}

/** What a call tells about its red flags. */
export type FlaggedCall = Pick<FollowUpCall, 'id' | 'departmentCode'> & {
  readonly attempts: readonly Pick<
    FollowUpCall['attempts'][number],
    'attemptId' | 'by' | 'recordedAt' | 'redFlag'
  >[];
  readonly escalations?: readonly Escalation[];
};

/** The red flags of a call, in the order they were raised. */
export function redFlagsOf({
  id,
  departmentCode,
  attempts,
  escalations = [],
}: FlaggedCall): readonly RedFlag[] {
  return attempts
    .filter(({ redFlag }) => redFlag)
    .map(({ attemptId, by, recordedAt }) => ({
      callId: id,
      attemptId,
      departmentCode,
      raisedBy: by,
      raisedAt: recordedAt,
      escalation: escalations.find((one) => one.attemptId === attemptId) ?? null,
    }));
}

/** How far a red flag is: nobody has it, somebody has it, it is dealt with. */
export type RedFlagState = 'open' | 'taken' | 'settled';

/** How far a red flag is. */
export function stateOf({ escalation }: RedFlag): RedFlagState {
  if (escalation === null) return 'open';
  return escalation.settledAt === null ? 'taken' : 'settled';
}

const order: Readonly<Record<RedFlagState, number>> = { open: 0, taken: 1, settled: 2 };

/** Those nobody has first, then those under way, then those dealt with; in each, the newest first. */
export function inOrder<T extends RedFlag>(flags: readonly T[]): readonly T[] {
  return flags.toSorted(
    (a, b) => order[stateOf(a)] - order[stateOf(b)] || b.raisedAt.getTime() - a.raisedAt.getTime(),
  );
}
