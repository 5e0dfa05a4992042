import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Locale } from '../shared/localized-text.ts';
import { addMonths, periodOf, previousPeriod } from '../shared/reporting-period.ts';
import type { ReportingPeriod } from '../shared/reporting-period.ts';
import { deliveriesView } from './deliveries.view-model.ts';
import { periodParams, resendForm } from './delivery.schema.ts';
import type { ListDeliveries } from './list-deliveries.ts';
import type { ResendDelivery } from './resend-delivery.ts';

/** What the deliveries pages need. */
export interface DeliveriesPagesDeps {
  readonly guard: (action: string, departmentParam?: string) => Guard;
  readonly listDeliveries: ListDeliveries;
  readonly resendDelivery: ResendDelivery;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly shell: (input: RouteInput, path: string) => object;
  readonly hospitalTime: HospitalTime;
  readonly clock: Clock;
}

interface ResendForm {
  readonly id: string;
  readonly period: ReportingPeriod;
}

/** The office's pages of the ledger: which scorecard did not arrive, and the button to send it again. */
export function createDeliveriesPages(deps: DeliveriesPagesDeps): readonly Route[] {
  const lastMonth = (): ReportingPeriod =>
    previousPeriod(periodOf(deps.hospitalTime.dateOf(deps.clock.now())));
  return [
    route({
      method: 'get',
      path: '/office/deliveries',
      guard: deps.guard('delivery.read'),
      summary: 'Leads to the deliveries of the month that ended last.',
      handle: (_input, response) => response.redirect(303, `/office/deliveries/${lastMonth()}`),
    }),
    route({
      method: 'get',
      path: '/office/deliveries/:period',
      guard: deps.guard('delivery.read'),
      summary: "A month's deliveries by department, with what is missing.",
      params: periodParams,
      handle: async (input, response) => {
        const period = input.params['period'] ?? '';
        const view = deliveriesView(
          await deps.listDeliveries(period),
          input.locale,
          deps.hospitalTime.format,
        );
        const model = {
          shell: deps.shell(input, `/office/deliveries/${period}`),
          csrfToken: input.csrfToken,
          view,
          earlier: addMonths(period, -1),
          later: addMonths(period, 1),
          timeZone: deps.hospitalTime.timeZone,
        };
        response.type('html').send(deps.renderPage('scorecards/deliveries', input.locale, model));
      },
    }),
    route<ResendForm>({
      method: 'post',
      path: '/office/deliveries/resend',
      guard: deps.guard('delivery.resend'),
      summary: 'Queues one mail once more, then shows the page again.',
      body: resendForm,
      handle: async (input, response) => {
        const { id, period } = input.body;
        const actor = input.principal?.accountId ?? 'anonymous';
        await deps.resendDelivery({ id, actor, requestId: input.requestId });
        response.redirect(303, `/office/deliveries/${period}`);
      },
    }),
  ];
}
