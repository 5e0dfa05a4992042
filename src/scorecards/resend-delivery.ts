import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryStore } from './delivery.store.ts';

/** What a manual re-send needs. */
export interface ResendDeliveryDeps {
  readonly deliveries: Pick<DeliveryStore, 'find' | 'requeue'>;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly clock: Clock;
  /** Called once the row is queued, so that nobody waits for the next full hour. */
  readonly wake: () => void;
}

/** Who asks for which row to be sent again. */
export interface ResendRequest {
  readonly id: string;
  readonly actor: string;
  readonly requestId: string;
}

/**
 * Queues a row once more under a new Message-ID; returns it. Throws `delivery_not_found`, or `delivery_under_way` for a row that is
 * waiting or being sent: it will go out anyway.
 */
export type ResendDelivery = (request: ResendRequest) => Promise<Delivery>;

/** Builds the use case; each request leaves its trace in the audit trail, a refused one too. */
export function createResendDelivery(deps: ResendDeliveryDeps): ResendDelivery {
  return async ({ id, actor, requestId }) => {
    const row = await deps.deliveries.find(id);
    if (!row) throw new DomainError('not-found', 'delivery_not_found', 'There is no such delivery.');
    const event = { actor, action: 'delivery.resend', subject: `delivery/${id}`, requestId };
    const queued = await deps.deliveries.requeue(id, row.sending, deps.clock.now());
    await deps.recordAuditEvent({ ...event, outcome: queued ? 'succeeded' : 'refused' });
    if (!queued) {
      throw new DomainError(
        'conflict',
        'delivery_under_way',
        'This mail is waiting or being sent. Please wait for its result.',
      );
    }
    deps.wake();
    return queued;
  };
}
