import type { Logger } from '../shared/logger.ts';
import type { ClaimDelivery } from './claim-delivery.ts';
import type { DeliveryReason } from './delivery.ts';
import type { DeliveryStore } from './delivery.store.ts';
import type { SendDelivery } from './send-delivery.ts';
import type { Clock } from '../shared/clock.ts';

/** What delivering needs. */
export interface DeliverScorecardsDeps {
  readonly deliveries: Pick<DeliveryStore, 'expireLeases'>;
  readonly claim: ClaimDelivery;
  readonly send: SendDelivery;
  readonly clock: Clock;
  /** How many mails may be under way at once. */
  readonly parallel: number;
  readonly log: Pick<Logger, 'error' | 'warn'>;
}

/** The run that empties the queue. */
export interface DeliverScorecards {
  /** Sends everything that is due. A run that is under way in this process is joined, not doubled. Rejects when the ledger cannot be reached. */
  readonly run: () => Promise<void>;
  /** Takes no further row; resolves when the mails in flight are recorded. */
  readonly stop: () => Promise<void>;
}

const alarming: ReadonlySet<DeliveryReason | null> = new Set([
  'refused',
  'gave-up',
  'render-failed',
  'server-unavailable',
  'connection-lost',
]);

/** Builds the use case. Rows whose sender is gone become `unknown` first; when the mail server is away the run ends, for every further mail would fail too. */
export function createDeliverScorecards(deps: DeliverScorecardsDeps): DeliverScorecards {
  const state: { current: Promise<void> | null; stopped: boolean } = { current: null, stopped: false };

  const work = async (run: { ended: boolean }): Promise<void> => {
    while (!state.stopped && !run.ended) {
      const row = await deps.claim();
      if (!row) return;
      const { reason } = await deps.send(row);
      if (alarming.has(reason)) deps.log.error({ delivery: row.id, reason }, 'A scorecard did not arrive.');
      if (reason === 'server-unavailable') run.ended = true;
    }
  };
  const deliver = async (): Promise<void> => {
    const expired = await deps.deliveries.expireLeases(deps.clock.now());
    if (expired > 0)
      deps.log.error({ expired }, 'Deliveries were interrupted: nobody knows whether they arrived.');
    const run = { ended: false };
    const workers = await Promise.allSettled(Array.from({ length: deps.parallel }, () => work(run)));
    const failed = workers.find((worker) => worker.status === 'rejected');
    if (failed) throw new Error('The ledger of deliveries could not be kept.', { cause: failed.reason });
  };
  return {
    run: async () => {
      state.current ??= deliver().finally(() => {
        state.current = null;
      });
      return state.current;
    },
    stop: async () => {
      state.stopped = true;
      await state.current?.catch(() => undefined);
    },
  };
}
