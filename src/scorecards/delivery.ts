import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { RecipientRole } from '../departments/department.ts';
import type { Locale } from '../shared/localized-text.ts';

/**
 * 送达. `queued` waits (also for a retry), `sending` is leased, `accepted` the server took it, `failed` it will not,
 * `unknown` it may have been taken and is not sent again by itself.
 */
export type DeliveryState = 'queued' | 'sending' | 'accepted' | 'failed' | 'unknown';

/** One try at handing the mail to the server. */
export interface DeliveryAttempt {
  /** 1, 2, 3 …; part of the Message-ID of a manual re-send. */
  readonly n: number;
  readonly messageId: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly outcome: 'sending' | 'accepted' | 'rejected' | 'unknown' | 'unavailable';
  /** The server's reply or the reason, without the address. */
  readonly reply: string | null;
}

/**
 * Why a row is where it is. `address-unusable`, `render-failed`, `recipient-removed`, `superseded` (a newer revision goes out
 * instead), `refused` (for good) and `gave-up` (deferred too often) have failed; `deferred` and `server-unavailable` wait for the next try; `connection-lost` and `lease-expired` (the
 * sender was interrupted) are unknown.
 */
export type DeliveryReason =
  | 'address-unusable'
  | 'render-failed'
  | 'recipient-removed'
  | 'superseded'
  | 'refused'
  | 'gave-up'
  | 'deferred'
  | 'server-unavailable'
  | 'connection-lost'
  | 'lease-expired';

/** One row of the ledger: one scorecard revision to one recipient. */
export interface Delivery {
  readonly id: string;
  readonly period: ReportingPeriod;
  readonly departmentCode: string;
  readonly revision: number;
  readonly recipient: {
    readonly name: string;
    readonly email: string;
    readonly language: Locale;
    readonly role: RecipientRole;
  };
  readonly state: DeliveryState;
  /** Which sending of the mail this is: 1, raised by a manual re-send. */
  readonly sending: number;
  /** The last attempts, oldest first; their numbers go on even when old ones are dropped. */
  readonly attempts: readonly DeliveryAttempt[];
  /** Null when nothing is wrong. */
  readonly reason: DeliveryReason | null;
  readonly nextAttemptAt: Date;
  readonly leaseUntil: Date | null;
}

/** The unique key of a row: `2026-10:cardiology:r1:0011223344556677`. `addressHash` is 16 hex digits of the address. */
export function deliveryId(
  row: { readonly period: ReportingPeriod; readonly departmentCode: string; readonly revision: number },
  addressHash: string,
): string {
  return `${row.period}:${row.departmentCode}:r${String(row.revision)}:${addressHash}`;
}

/**
 * The Message-ID of a row's mail, the same for every automatic try of one sending, another for a manual re-send:
 * `scorecard.2026-10.cardiology.r1.0011223344556677.1@hospital.cn`. Characters no Message-ID may hold become their code points.
 */
export function messageIdOf(row: Pick<Delivery, 'id' | 'sending'>, host: string): string {
  const key = row.id
    .replaceAll(':', '.')
    .replaceAll(/[^A-Za-z0-9._-]/gu, (character) => (character.codePointAt(0) ?? 0).toString(16));
  return `scorecard.${key}.${String(row.sending)}@${host}`;
}

/** The number of the last attempt, 0 before the first. */
export function lastAttemptOf(row: Pick<Delivery, 'attempts'>): number {
  return row.attempts.at(-1)?.n ?? 0;
}
