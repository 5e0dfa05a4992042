import type { Department } from '../departments/department.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import type { DeliveriesOfPeriod } from './deliveries.view-model.ts';
import type { DeliveryStore } from './delivery.store.ts';
import type { PeriodRecord } from './scorecard.ts';

/** What the overview needs. */
export interface ListDeliveriesDeps {
  readonly deliveries: Pick<DeliveryStore, 'ofPeriod'>;
  readonly closedPeriod: (period: ReportingPeriod) => Promise<PeriodRecord | null>;
  /** The departments whose month it was, in the order people know. */
  readonly departments: (period: ReportingPeriod) => Promise<readonly Department[]>;
}

/** What is known of a month's mails; a month that is open has none. */
export type ListDeliveries = (period: ReportingPeriod) => Promise<DeliveriesOfPeriod>;

/** Builds the use case. */
export function createListDeliveries(deps: ListDeliveriesDeps): ListDeliveries {
  return async (period) => {
    const [record, rows, all] = await Promise.all([
      deps.closedPeriod(period),
      deps.deliveries.ofPeriod(period),
      deps.departments(period),
    ]);
    const codes = new Set([...(record?.departmentCodes ?? []), ...rows.map((row) => row.departmentCode)]);
    const departments = all.filter(({ code }) => codes.has(code));
    return { period, closed: record !== null, departments, rows };
  };
}
