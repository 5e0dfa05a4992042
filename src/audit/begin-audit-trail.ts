import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { addDays } from '../shared/reporting-period.ts';
import type { AuditEventStore } from './audit-event.store.ts';
import { sealed } from './audit-seal.ts';
import type { AuditSealStore } from './audit-seal.store.ts';
import { keepSeal } from './keep-seal.ts';
import type { KeepSealDeps } from './keep-seal.ts';

/** What beginning needs. */
export interface BeginAuditTrailDeps extends KeepSealDeps {
  readonly events: Pick<AuditEventStore, 'latest'>;
  readonly seals: Pick<AuditSealStore, 'add' | 'all' | 'find'>;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
}

/** Begins the trail of a new installation; to be called before anything is recorded. Does nothing where there is a trail. */
export type BeginAuditTrail = () => Promise<void>;

/**
 * Builds the beginning: the day before the first is sealed as empty, in the database and outside it, so that nothing can be
 * slipped in on the first day as if it came from before there were chains.
 */
export function createBeginAuditTrail(deps: BeginAuditTrailDeps): BeginAuditTrail {
  return async () => {
    if ((await deps.seals.all()).length > 0 || (await deps.events.latest(1)).length > 0) return;
    const now = deps.clock.now();
    const day = addDays(deps.hospitalTime.dateOf(now), -1);
    const nothing = { day, sealedAt: now, previous: '', beganAt: now, beforeChain: 0, heads: [] };
    await keepSeal(deps, sealed(nothing, deps.mac));
  };
}
