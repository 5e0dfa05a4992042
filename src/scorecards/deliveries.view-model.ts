import type { Department } from '../departments/department.ts';
import { textIn } from '../shared/localized-text.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { Delivery, DeliveryState } from './delivery.ts';

/** One mail on the deliveries page. What ends in `Key` is a key of the catalogue. */
export interface DeliveryLine {
  readonly id: string;
  readonly recipient: string;
  readonly roleKey: string;
  readonly email: string;
  readonly stateKey: string;
  /** Empty when nothing is wrong. */
  readonly reasonKey: string;
  readonly revision: number;
  readonly sending: number;
  readonly attempts: number;
  /** Hospital time; empty before the first attempt. */
  readonly lastAttemptAt: string;
  readonly reply: string;
  readonly resendable: boolean;
}

/** One department on the page. */
export interface DepartmentDeliveries {
  readonly code: string;
  readonly name: string;
  /** Why there are no lines: nobody receives it, or it is not in the ledger yet. */
  readonly emptyKey: string;
  readonly lines: readonly DeliveryLine[];
}

/** The deliveries page of a month. */
export interface DeliveriesView {
  readonly period: ReportingPeriod;
  readonly closed: boolean;
  readonly departments: readonly DepartmentDeliveries[];
  readonly withoutRecipients: number;
  readonly counts: Readonly<Record<DeliveryState, number>>;
}

/** What is known of a month's mails. */
export interface DeliveriesOfPeriod {
  readonly period: ReportingPeriod;
  readonly closed: boolean;
  /** The departments that have a scorecard, with their recipients as they are now. */
  readonly departments: readonly Department[];
  readonly rows: readonly Delivery[];
}

const open: ReadonlySet<DeliveryState> = new Set(['queued', 'sending']);

function lineOf(row: Delivery, format: (moment: Date) => string): DeliveryLine {
  const last = row.attempts.at(-1);
  return {
    id: row.id,
    recipient: row.recipient.name,
    roleKey: `deliveries:role.${row.recipient.role}`,
    email: row.recipient.email,
    stateKey: `deliveries:state.${row.state}`,
    reasonKey: row.reason === null ? '' : `deliveries:reason.${row.reason}`,
    revision: row.revision,
    sending: row.sending,
    attempts: last?.n ?? 0,
    lastAttemptAt: last ? format(last.startedAt) : '',
    reply: last?.reply ?? '',
    resendable: !open.has(row.state),
  };
}

/** Codes of the departments whose scorecard nobody gets: without a recipient now, and without a row. */
export function departmentsWithoutRecipients(known: DeliveriesOfPeriod): readonly string[] {
  return known.departments
    .filter(({ code, recipients }) => {
      return recipients.length === 0 && !known.rows.some(({ departmentCode }) => departmentCode === code);
    })
    .map(({ code }) => code);
}

/** The page of a month: every department that has a scorecard, in the order given, with its mails. */
export function deliveriesView(
  known: DeliveriesOfPeriod,
  locale: Locale,
  format: (moment: Date) => string,
): DeliveriesView {
  const nobody = departmentsWithoutRecipients(known);
  const departments = known.departments.map(({ code, name }): DepartmentDeliveries => {
    const lines = known.rows
      .filter(({ departmentCode }) => departmentCode === code)
      .map((row) => lineOf(row, format));
    const why = nobody.includes(code) ? 'no-recipients' : 'missing';
    return { code, name: textIn(name, locale), emptyKey: `deliveries:status.${why}`, lines };
  });
  const count = (state: DeliveryState): number => known.rows.filter((row) => row.state === state).length;
  return {
    period: known.period,
    closed: known.closed,
    departments,
    withoutRecipients: nobody.length,
    counts: {
      queued: count('queued'),
      sending: count('sending'),
      accepted: count('accepted'),
      failed: count('failed'),
      unknown: count('unknown'),
    },
  };
}
