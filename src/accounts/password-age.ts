const dayMs = 24 * 3_600_000;

/** Whether an account's password is older than the longest age allowed, in days; null allows any. */
export function isPasswordExpired(
  { passwordChangedAt, createdAt }: { readonly passwordChangedAt?: Date; readonly createdAt: Date },
  maxDays: number | null,
  now: Date,
): boolean {
  if (maxDays === null) return false;
  return now.getTime() - (passwordChangedAt ?? createdAt).getTime() >= maxDays * dayMs;
}
