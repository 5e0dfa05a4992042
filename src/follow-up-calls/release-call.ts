import type { Principal } from '../shared/principal.ts';
import { findCall } from './find-call.ts';
import type { FindCallDeps } from './find-call.ts';
import type { FollowUpCallStore } from './follow-up-call.store.ts';

/** What releasing needs. */
export interface ReleaseCallDeps extends FindCallDeps {
  readonly calls: Pick<FollowUpCallStore, 'find' | 'release'>;
}

/** Gives a call back. */
export type ReleaseCall = (id: string, principal: Principal) => Promise<void>;

/** Ends one's own claim of a call; without one nothing happens. Throws `call_not_found`. */
export function createReleaseCall(deps: ReleaseCallDeps): ReleaseCall {
  return async (id, principal) => {
    await findCall(deps, id, principal);
    await deps.calls.release(id, principal.accountId);
  };
}
