import type { ScorecardRecipient } from '../departments/department.ts';
import { isSafeAddress, normalizeAddress } from '../mail/mail-address.ts';
import type { Clock } from '../shared/clock.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { deliveryId } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import type { PeriodRecord } from './scorecard.ts';

/** What planning needs. */
export interface PlanDeliveriesDeps {
  readonly deliveries: { readonly insertIfAbsent: (row: Delivery) => Promise<boolean> };
  /** Who gets a department's scorecard of a month now; nobody for a department that was not open in it. */
  readonly recipientsOf: (
    departmentCode: string,
    period: ReportingPeriod,
  ) => Promise<readonly ScorecardRecipient[]>;
  readonly addressHash: (address: string) => string;
  readonly clock: Clock;
}

/** Puts the rows of a closed month into the ledger; returns how many are new. Doing it again, or twice at once, adds nothing. */
export type PlanDeliveries = (record: PeriodRecord) => Promise<number>;

/** Builds the use case: one row per recipient, two entries of one mailbox being one. An unusable address is a failed row, so that it is seen. */
export function createPlanDeliveries(deps: PlanDeliveriesDeps): PlanDeliveries {
  const rowFor = (record: PeriodRecord, departmentCode: string, recipient: ScorecardRecipient): Delivery => {
    const email = normalizeAddress(recipient.email);
    const usable = isSafeAddress(email);
    const key = { period: record.period, departmentCode, revision: record.revision };
    return {
      ...key,
      id: deliveryId(key, deps.addressHash(email)),
      recipient: { ...recipient, email },
      state: usable ? 'queued' : 'failed',
      sending: 1,
      attempts: [],
      reason: usable ? null : 'address-unusable',
      nextAttemptAt: deps.clock.now(),
      leaseUntil: null,
    };
  };
  return async (record) => {
    let added = 0;
    for (const code of record.departmentCodes) {
      const recipients = await deps.recipientsOf(code, record.period);
      const rows = new Map(
        recipients.map((recipient) => rowFor(record, code, recipient)).map((row) => [row.id, row]),
      );
      for (const row of rows.values()) if (await deps.deliveries.insertIfAbsent(row)) added += 1;
    }
    return added;
  };
}
