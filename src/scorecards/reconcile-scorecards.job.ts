import type { Job } from '../jobs/job.ts';
import type { DeliverScorecards } from './deliver-scorecards.ts';
import type { ReconcileScorecards } from './reconcile-scorecards.ts';

/** The timers of the ledger: they only wake what asks the ledger. The reconciler also runs at start. */
export function reconcileScorecardsJobs(deps: {
  readonly reconcile: ReconcileScorecards;
  readonly deliver: DeliverScorecards;
  /** Cron expressions in the hospital's zone. */
  readonly schedules: { readonly reconcile: string; readonly deliver: string };
}): readonly Job[] {
  return [
    { name: 'scorecards.reconcile', schedule: deps.schedules.reconcile, run: () => deps.reconcile() },
    { name: 'scorecards.deliver', schedule: deps.schedules.deliver, run: () => deps.deliver.run() },
  ];
}
