import type { Clock } from '../shared/clock.ts';
import type { Principal } from '../shared/principal.ts';
import { callNotYours } from './call-conflict.ts';
import type { CallRules } from './call-rules.ts';
import { findCall } from './find-call.ts';
import type { FindCallDeps } from './find-call.ts';
import type { FollowUpCallStore } from './follow-up-call.store.ts';

/** What keeping a claim needs. */
export interface KeepClaimDeps extends FindCallDeps {
  readonly calls: Pick<FollowUpCallStore, 'find' | 'keepClaim'>;
  readonly clock: Clock;
  readonly rules: CallRules;
}

/** Lengthens one's own running claim. */
export type KeepClaim = (id: string, principal: Principal) => Promise<void>;

/**
 * What an open call page asks for by itself: the claim lasts its minutes from now on. Only while it runs and is the person's:
 * a page nobody looks at takes no call back. Throws `call_not_found` or `call_not_yours` (conflict).
 */
export function createKeepClaim(deps: KeepClaimDeps): KeepClaim {
  return async (id, principal) => {
    await findCall(deps, id, principal);
    const now = deps.clock.now();
    const until = new Date(now.getTime() + deps.rules.claimMinutes * 60_000);
    if (!(await deps.calls.keepClaim(id, principal.accountId, until, now))) throw callNotYours();
  };
}
