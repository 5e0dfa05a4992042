import type { SendOutcome } from '../mail/mailer.ts';
import type { Delivery, DeliveryAttempt, DeliveryReason, DeliveryState } from './delivery.ts';

/** When a deferred mail is tried again. Times in ms. */
export interface RetryPolicy {
  /** Wait after the first deferral; it doubles with each further one. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Deferrals of one sending after which the row fails. */
  readonly maxTries: number;
}

/** What becomes of a row after an attempt. */
export interface DeliveryChange {
  readonly state: DeliveryState;
  readonly reason: DeliveryReason | null;
  readonly outcome: DeliveryAttempt['outcome'];
  readonly reply: string | null;
  readonly nextAttemptAt: Date;
}

/**
 * How long to wait after the n-th deferral, in ms: first · 2^(n−1), at most the longest, then shortened by up to a fifth
 * (`random` in [0, 1)) so that rows deferred together do not come back together. Worked example: 5 min, n = 3, random 0 → 20 min.
 */
export function waitAfterDeferral(deferrals: number, policy: RetryPolicy, random: number): number {
  const full = Math.min(policy.longestWaitMs, policy.firstWaitMs * 2 ** (deferrals - 1));
  return Math.round(full * (1 - random / 5));
}

function deferralsOf(row: Delivery): number {
  const current = row.attempts.at(-1)?.messageId;
  return row.attempts.filter(({ messageId, outcome }) => messageId === current && outcome === 'rejected')
    .length;
}

function after(wait: number, now: Date): Date {
  return new Date(now.getTime() + wait);
}

function afterDeferral(row: Delivery, reply: string, context: RetryContext): DeliveryChange {
  const deferrals = deferralsOf(row) + 1;
  const over = deferrals >= context.policy.maxTries;
  const wait = waitAfterDeferral(deferrals, context.policy, context.random);
  return {
    state: over ? 'failed' : 'queued',
    reason: over ? 'gave-up' : 'deferred',
    outcome: 'rejected',
    reply,
    nextAttemptAt: after(wait, context.now),
  };
}

/** What the rule about the next try depends on besides the row. */
export interface RetryContext {
  readonly policy: RetryPolicy;
  readonly now: Date;
  /** In [0, 1). */
  readonly random: number;
}

/** What becomes of a row whose last attempt ended so. A row is tried again by itself only when its mail is certainly not delivered. */
export function changeAfter(row: Delivery, outcome: SendOutcome, context: RetryContext): DeliveryChange {
  const { nextAttemptAt } = row;
  if (outcome.kind === 'accepted') {
    return { state: 'accepted', reason: null, outcome: 'accepted', reply: outcome.reply, nextAttemptAt };
  }
  if (outcome.kind === 'unknown') {
    const reply = outcome.reason;
    return { state: 'unknown', reason: 'connection-lost', outcome: 'unknown', reply, nextAttemptAt };
  }
  if (outcome.kind === 'unavailable') {
    const change = { state: 'queued', reason: 'server-unavailable', outcome: 'unavailable' } as const;
    // To the end of the queue: one mail that the server cannot stand must not keep the others back for ever.
    return { ...change, reply: outcome.reason, nextAttemptAt: context.now };
  }
  return outcome.permanent
    ? { state: 'failed', reason: 'refused', outcome: 'rejected', reply: outcome.reply, nextAttemptAt }
    : afterDeferral(row, outcome.reply, context);
}

/** What becomes of a row whose mail is not even tried. */
export function changeWithoutSending(row: Delivery, reason: DeliveryReason): DeliveryChange {
  return { state: 'failed', reason, outcome: 'rejected', reply: null, nextAttemptAt: row.nextAttemptAt };
}
