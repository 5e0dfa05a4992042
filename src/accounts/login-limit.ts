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

/** How long a user name still waits, in whole seconds; 0 when it may try. */
export function secondsLocked(known: LoginAttempts | null, now: Date): number {
  const until = known?.lockedUntil?.getTime() ?? 0;
  return Math.max(0, Math.ceil((until - now.getTime()) / 1000));
}

/** How many attempts lie within the window that ends now. */
export function recentAttempts(known: LoginAttempts, now: Date): number {
  return known.attempts.filter((attempt) => now.getTime() - attempt.getTime() < lockMs).length;
}
