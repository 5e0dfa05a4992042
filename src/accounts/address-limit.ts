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

/**
 * Who counts as one address: a whole IPv4 address, also written within IPv6, and the first four groups of any other IPv6
 * address, for a household or an attacker has them all.
 */
export function addressKey(address: string): string {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::', 2);
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array.from({ length: missing }, () => '0'), ...back];
  return `${groups.slice(0, 4).join(':')}::`;
}
