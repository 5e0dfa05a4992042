/** Wrong passwords one user name may have within the window before it is locked. */
export const maxFailures = 5;
/** Length of the window and of the lock: 15 minutes, in ms. */
export const lockMs = 15 * 60 * 1000;

/** What is known of the recent attempts on one user name, whether an account has it or not. */
export interface LoginAttempts {
  /** The latest attempts that have not ended in a login, oldest first; at most `maxFailures + 1`. */
  readonly attempts: readonly Date[];
  readonly lockedUntil: Date | null;
}

/**
 * How long a user name still waits, in whole seconds; 0 when it may try. A lock that seems to last longer than any can, even
 * with the clocks of two instances apart, was written before the clock was set back: it is over.
 */
export function secondsLocked(known: LoginAttempts | null, now: Date): number {
  const left = (known?.lockedUntil?.getTime() ?? 0) - now.getTime();
  return left > 2 * lockMs ? 0 : Math.max(0, Math.ceil(left / 1000));
}

/** How many attempts lie within the window that ends now; those that seem to lie ahead, after a clock was set back, for as long. */
export function recentAttempts(known: LoginAttempts, now: Date): number {
  return known.attempts.filter((attempt) => Math.abs(now.getTime() - attempt.getTime()) < lockMs).length;
}
