/** Fewest and most characters of the reason of a revision. */
export const reasonLimits = { min: 5, max: 500 } as const;

/** What is wrong with a reason, or null. */
export function reasonProblem(reason: string): 'too-short' | 'too-long' | null {
  const length = reason.trim().length;
  if (length < reasonLimits.min) return 'too-short';
  return length > reasonLimits.max ? 'too-long' : null;
}
