import type { Connection } from 'mongoose';
import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { WorkingCalendar } from '../calendar/working-days.ts';
import type { Department, ScorecardRecipient } from '../departments/department.ts';
import type { Route } from '../http/route.ts';
import type { Job } from '../jobs/job.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Logger } from '../shared/logger.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { createClaimDelivery } from './claim-delivery.ts';
import { closingMoment } from './closing-time.ts';
import type { ClosingRule } from './closing-time.ts';
import { createDeliverScorecards } from './deliver-scorecards.ts';
import type { DeliverScorecards } from './deliver-scorecards.ts';
import { createDeliveriesPages } from './deliveries.pages.ts';
import type { DeliveriesPagesDeps } from './deliveries.pages.ts';
import { deliveryAddressHash } from './delivery-address-hash.crypto.ts';
import type { RetryPolicy } from './delivery-retry.ts';
import { createDeliveryRoutes } from './delivery.routes.ts';
import { createDeliveryStore } from './delivery.store.ts';
import type { DeliveryStore } from './delivery.store.ts';
import { createListDeliveries } from './list-deliveries.ts';
import type { ListDeliveries } from './list-deliveries.ts';
import type { Delivery } from './delivery.ts';
import { createPlanDeliveries } from './plan-deliveries.ts';
import type { PlanDeliveries } from './plan-deliveries.ts';
import { reconcileScorecardsJobs } from './reconcile-scorecards.job.ts';
import { createReconcileScorecards } from './reconcile-scorecards.ts';
import type { ReconcileScorecards } from './reconcile-scorecards.ts';
import { createResendDelivery } from './resend-delivery.ts';
import type { PeriodRecord } from './scorecard.ts';
import { createSendDelivery } from './send-delivery.ts';
import type { RenderScorecardMail } from './send-delivery.ts';

/** The numbers of the ledger; times in ms. */
export interface DeliverySettings {
  readonly closing: ClosingRule;
  readonly catchUpMonths: number;
  readonly planningMs: number;
  readonly leaseMs: number;
  readonly retry: RetryPolicy;
  readonly parallel: number;
  /** Host of the public address. */
  readonly messageIdHost: string;
  readonly schedules: { readonly reconcile: string; readonly deliver: string };
}

/** What the ledger is handed from outside. */
export interface DeliveriesDeps extends Omit<DeliveriesPagesDeps, 'listDeliveries' | 'resendDelivery'> {
  readonly connection: Connection;
  readonly settings: DeliverySettings;
  readonly mailer: Pick<Mailer, 'send'>;
  readonly calendar: Pick<WorkingCalendar, 'nthWorkingDay'>;
  readonly firstPeriodWithData: () => Promise<ReportingPeriod | null>;
  readonly closedPeriod: (period: ReportingPeriod) => Promise<PeriodRecord | null>;
  readonly closeMonth: (period: ReportingPeriod, closedBy: string) => Promise<PeriodRecord>;
  /** Whether the service was never live in a month. */
  readonly isTrialMonth: (period: ReportingPeriod) => boolean;
  readonly completeRevisions: () => Promise<void>;
  readonly revisedSince: (moment: Date) => Promise<readonly PeriodRecord[]>;
  readonly renderScorecardMail: RenderScorecardMail;
  readonly departments: (period: ReportingPeriod) => Promise<readonly Department[]>;
  readonly recipientsOf: (
    departmentCode: string,
    period: ReportingPeriod,
  ) => Promise<readonly ScorecardRecipient[]>;
  readonly recordAuditEvent: RecordAuditEvent;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Logger;
}

/** The delivery part of the scorecards slice. */
export interface DeliveriesSlice {
  readonly store: DeliveryStore;
  /** Closes, plans and sends what is due; run it at start too. */
  readonly reconcile: ReconcileScorecards;
  readonly deliver: DeliverScorecards;
  /** Planning that puts each row into the ledger as `entry` makes it. */
  readonly planAs: (entry: (row: Delivery) => Delivery) => PlanDeliveries;
  readonly listDeliveries: ListDeliveries;
  readonly routes: readonly Route[];
  readonly pages: readonly Route[];
  readonly jobs: readonly Job[];
  /** Takes no further row and waits for the mails in flight to be recorded. */
  readonly stop: () => Promise<void>;
}

function wireDelivering(deps: DeliveriesDeps, deliveries: DeliveryStore): DeliverScorecards {
  const { settings, clock } = deps;
  const { leaseMs, messageIdHost, parallel, retry } = settings;
  return createDeliverScorecards({
    deliveries,
    claim: createClaimDelivery({ deliveries, clock, leaseMs, messageIdHost }),
    send: createSendDelivery({ ...deps, deliveries, retry, messageIdHost }),
    clock,
    parallel,
    log: deps.log,
  });
}

function planningAs(deps: DeliveriesDeps, deliveries: DeliveryStore): DeliveriesSlice['planAs'] {
  return (entry) =>
    createPlanDeliveries({
      ...deps,
      addressHash: deliveryAddressHash,
      deliveries: { insertIfAbsent: async (row) => deliveries.insertIfAbsent(entry(row)) },
    });
}

function wireReconciling(
  deps: DeliveriesDeps,
  deliveries: DeliveryStore,
  deliver: DeliverScorecards,
): ReconcileScorecards {
  const { settings, calendar, hospitalTime } = deps;
  return createReconcileScorecards({
    ...deps,
    closingMoment: (period) => closingMoment(period, calendar, hospitalTime, settings.closing),
    planDeliveries: planningAs(deps, deliveries)((row) => row),
    deliver: deliver.run,
    catchUpMonths: settings.catchUpMonths,
    planningMs: settings.planningMs,
  });
}

/** Builds the ledger of deliveries and the reconciler. */
export function wireDeliveries(deps: DeliveriesDeps): DeliveriesSlice {
  const deliveries = createDeliveryStore(deps.connection);
  const deliver = wireDelivering(deps, deliveries);
  const reconcile = wireReconciling(deps, deliveries, deliver);
  const listDeliveries = createListDeliveries({ ...deps, deliveries });
  const wake = (): void => {
    deliver.run().catch((error: unknown) => {
      deps.log.error({ err: error }, 'The deliveries could not be run.');
    });
  };
  const resendDelivery = createResendDelivery({ ...deps, deliveries, wake });
  return {
    store: deliveries,
    reconcile,
    deliver,
    planAs: planningAs(deps, deliveries),
    listDeliveries,
    routes: createDeliveryRoutes({ ...deps, listDeliveries, resendDelivery }),
    pages: createDeliveriesPages({ ...deps, listDeliveries, resendDelivery }),
    jobs: reconcileScorecardsJobs({ reconcile, deliver, schedules: deps.settings.schedules }),
    stop: deliver.stop,
  };
}
