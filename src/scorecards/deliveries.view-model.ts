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
  /** Whether the mail corrects an earlier one. */
  readonly correction: boolean;
  readonly sending: number;
  readonly attempts: number;
  /** Hospital time; empty before the first attempt. */
  readonly lastAttemptAt: string;
  readonly reply: string;
  readonly resendable: boolean;
}

/** One row of the page: a mail, or a department without any. */
export interface DeliveryRow {
  readonly department: string;
  /** Why there is no mail: nobody receives it, or it is not in the ledger yet; empty beside a mail. */
  readonly emptyKey: string;
  readonly line: DeliveryLine | null;
  readonly tone: 'good' | 'bad' | 'warn' | 'neutral';
}

/** The deliveries page of a month. */
export interface DeliveriesView {
  readonly period: ReportingPeriod;
  readonly year: string;
  readonly monthKey: string;
  readonly closed: boolean;
  /** The month in one sentence, and the numbers in it. */
  readonly summaryKey: string;
  readonly counts: {
    readonly total: number;
    readonly accepted: number;
    readonly underWay: number;
    readonly problems: number;
  };
  /** What somebody has to see to, before everything else. */
  readonly problems: readonly DeliveryRow[];
  readonly others: readonly DeliveryRow[];
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
    correction: row.revision > 1,
    sending: row.sending,
    attempts: last?.n ?? 0,
    lastAttemptAt: last ? format(last.startedAt) : '',
    reply: last?.reply ?? '',
    resendable: !open.has(row.state) && row.reason !== 'superseded',
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

const tones: Readonly<Partial<Record<DeliveryState, DeliveryRow['tone']>>> = {
  accepted: 'good',
  failed: 'bad',
  unknown: 'warn',
};

function summaryOf({ problems, underWay }: DeliveriesView['counts']): string {
  if (problems > 0) return 'deliveries:summary.problems';
  return underWay > 0 ? 'deliveries:summary.underWay' : 'deliveries:summary.done';
}

const isProblem = ({ tone }: DeliveryRow): boolean => tone === 'bad' || tone === 'warn';

/** The page of a month: what somebody has to see to first, then the rest, each in the order of the departments given. */
export function deliveriesView(
  known: DeliveriesOfPeriod,
  locale: Locale,
  format: (moment: Date) => string,
): DeliveriesView {
  const nobody = departmentsWithoutRecipients(known);
  const rows = known.departments.flatMap(({ code, name }): readonly DeliveryRow[] => {
    const department = textIn(name, locale);
    const mails = known.rows.filter(({ departmentCode }) => departmentCode === code);
    if (mails.length === 0) {
      const why = nobody.includes(code) ? 'no-recipients' : 'missing';
      return [{ department, emptyKey: `deliveries:status.${why}`, line: null, tone: 'warn' }];
    }
    return mails.map((row) => ({
      department,
      emptyKey: '',
      line: lineOf(row, format),
      tone: row.reason === 'superseded' ? 'neutral' : (tones[row.state] ?? 'neutral'),
    }));
  });
  const problems = rows.filter(isProblem);
  const counts = {
    total: known.rows.length,
    accepted: known.rows.filter(({ state }) => state === 'accepted').length,
    underWay: known.rows.filter(({ state }) => open.has(state)).length,
    problems: problems.length,
  };
  const [year = '', month = ''] = known.period.split('-');
  return {
    period: known.period,
    year,
    monthKey: `scorecards:month.${month}`,
    closed: known.closed,
    summaryKey: summaryOf(counts),
    counts,
    problems,
    others: rows.filter((row) => !isProblem(row)),
  };
}
