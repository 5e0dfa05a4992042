import type { Clock } from '../shared/clock.ts';
import { lastAttemptOf, messageIdOf } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryStore } from './delivery.store.ts';

/** What claiming needs. */
export interface ClaimDeliveryDeps {
  readonly deliveries: Pick<DeliveryStore, 'nextDue' | 'claim'>;
  readonly clock: Clock;
  /** Longer than the hard limit of one sending, in ms: a lease that has run out means that its sender is gone. */
  readonly leaseMs: number;
  /** What stands behind the `@` of a Message-ID: the host of the public address. */
  readonly messageIdHost: string;
}

/** Leases the row that has been due longest, whoever else is claiming; null when nothing is due. */
export type ClaimDelivery = () => Promise<Delivery | null>;

/** Builds the use case. Each row goes to one claimer only; who loses a race looks for the next. */
export function createClaimDelivery(deps: ClaimDeliveryDeps): ClaimDelivery {
  return async () => {
    for (;;) {
      const now = deps.clock.now();
      const due = await deps.deliveries.nextDue(now);
      if (!due) return null;
      const claimed = await deps.deliveries.claim({
        id: due.id,
        now,
        leaseUntil: new Date(now.getTime() + deps.leaseMs),
        attempt: {
          n: lastAttemptOf(due) + 1,
          messageId: messageIdOf(due, deps.messageIdHost),
          startedAt: now,
          endedAt: null,
          outcome: 'sending',
          reply: null,
        },
      });
      if (claimed) return claimed;
    }
  };
}
