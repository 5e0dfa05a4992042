import type { CallTally } from '../follow-up-calls/follow-up-call.ts';
import { mayReplace } from './cell-change.ts';

const spoken = ['I', 'P', 'R', 'O'] as const;

/** Whether a later count of the same calls tells of no 1–4 patients what they did on the phone. */
export function callsMayReplace(
  before: Pick<CallTally, 'classes' | 'clinicallyFollowedUp'>,
  after: Pick<CallTally, 'classes' | 'clinicallyFollowedUp'>,
): boolean {
  return (
    spoken.every((name) => mayReplace(before.classes[name], after.classes[name])) &&
    mayReplace(before.clinicallyFollowedUp, after.clinicallyFollowedUp)
  );
}

/** The calls of a revision: a department's new count, or the one before where the two together would tell of 1–4 patients. */
export function reviseCalls(before: readonly CallTally[], after: readonly CallTally[]): readonly CallTally[] {
  const earlier = new Map(before.map((row) => [row.departmentCode, row]));
  return after.map((row) => {
    const standing = earlier.get(row.departmentCode);
    return standing && !callsMayReplace(standing, row) ? { ...standing, open: row.open } : row;
  });
}
