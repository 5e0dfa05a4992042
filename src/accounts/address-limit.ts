/** From then on one failed login of an address is forgotten every 10 seconds. In ms. */
export const forgetMs = 10_000;

/**
 * What is kept of an address: the moment (epoch ms) at which all its failures are forgotten. Each failure puts it off by
 * `forgetMs`, so one number counts them all.
 */
export interface AddressFailures {
  readonly forgottenAt: number;
}

/** The latest `forgottenAt` with which an address may try once more, when `allowed` failures at once are. */
export function latestOf(allowed: number, now: Date): number {
  return now.getTime() + (allowed - 1) * forgetMs;
}

/** How long an address waits that has reached its failures, in whole seconds from 1 to 10. */
export function secondsSlowed({ forgottenAt }: AddressFailures, allowed: number, now: Date): number {
  const wait = Math.ceil((forgottenAt - latestOf(allowed, now)) / 1000);
  return Math.min(Math.max(wait, 1), forgetMs / 1000);
}
