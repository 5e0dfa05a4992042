import { nextAttempt } from './next-attempt.ts';
import type { AttemptFrame } from './next-attempt.ts';
import type { CallAttempt, CallStanding } from './follow-up-call.ts';
import { standingOutcome } from './outcome.ts';

/** An attempt before it is known how the call stands after it. */
export type NewAttempt = Omit<CallAttempt, 'standing'>;

/** The attempts that people made. One that the reconciler wrote gives way to the real one. */
export function realAttempts(attempts: readonly CallAttempt[]): readonly CallAttempt[] {
  return attempts.filter(({ reconciled }) => !reconciled);
}

/** How a call stands after these attempts, seen at `now`. */
export function standingAfter(attempts: readonly NewAttempt[], now: Date, frame: AttemptFrame): CallStanding {
  const outcome = standingOutcome(
    attempts.map(({ disposition, startedAt }) => ({ disposition, on: frame.time.dateOf(startedAt) })),
  );
  const next = nextAttempt(attempts, now, frame);
  return next.kind === 'at'
    ? { state: 'open', outcome, nextAttemptAt: next.at }
    : { state: 'closed', outcome, nextAttemptAt: now };
}

/** The attempts with one more at the end, and how the call stands then. */
export function withAttempt(
  earlier: readonly CallAttempt[],
  attempt: NewAttempt,
  frame: AttemptFrame,
): { readonly attempts: readonly CallAttempt[]; readonly standing: CallStanding } {
  const standing = standingAfter([...earlier, attempt], attempt.recordedAt, frame);
  return { attempts: [...earlier, { ...attempt, standing }], standing };
}
