import { route } from '../http/route.ts';
import type { Guard, Route } from '../http/route.ts';
import { departmentsWithoutRecipients } from './deliveries.view-model.ts';
import { deliveriesAnswer, deliveryAnswer } from './delivery-answer.schema.ts';
import { deliveryParams, periodParams } from './delivery.schema.ts';
import type { ListDeliveries } from './list-deliveries.ts';
import type { ResendDelivery } from './resend-delivery.ts';

/** What the deliveries' API needs. */
export interface DeliveryRoutesDeps {
  readonly guard: (action: string, departmentParam?: string) => Guard;
  readonly listDeliveries: ListDeliveries;
  readonly resendDelivery: ResendDelivery;
}

/** The API of the ledger. */
export function createDeliveryRoutes(deps: DeliveryRoutesDeps): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/scorecards/:period/deliveries',
      guard: deps.guard('delivery.read'),
      summary: "Lists a month's deliveries, and the departments whose scorecard nobody gets.",
      params: periodParams,
      responses: { 200: deliveriesAnswer },
      handle: async (input, response) => {
        const known = await deps.listDeliveries(input.params['period'] ?? '');
        const withoutRecipients = departmentsWithoutRecipients(known);
        response.json({
          period: known.period,
          closed: known.closed,
          deliveries: known.rows,
          withoutRecipients,
        });
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/deliveries/:id/resend',
      guard: deps.guard('delivery.resend'),
      summary: 'Queues one mail once more under a new Message-ID; 409 while it is waiting or being sent.',
      params: deliveryParams,
      responses: { 202: deliveryAnswer },
      handle: async (input, response) => {
        const { principal, requestId } = input;
        const actor = principal?.accountId ?? 'anonymous';
        response
          .status(202)
          .json(await deps.resendDelivery({ id: input.params['id'] ?? '', actor, requestId }));
      },
    }),
  ];
}
