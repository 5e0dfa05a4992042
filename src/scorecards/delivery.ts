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
  readonly attempts: readonly DeliveryAttempt[];
  readonly nextAttemptAt: Date;
  readonly leaseUntil: Date | null;
}
