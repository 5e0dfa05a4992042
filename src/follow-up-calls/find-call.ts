import { DomainError } from '../shared/domain-error.ts';
import type { Principal } from '../shared/principal.ts';
import type { FollowUpCall } from './follow-up-call.ts';
import type { FollowUpCallStore } from './follow-up-call.store.ts';

/** What finding a call needs. */
export interface FindCallDeps {
  readonly calls: Pick<FollowUpCallStore, 'find'>;
  readonly mayWork: (principal: Principal, departmentCode: string) => boolean;
}

/**
 * A call of a department the person works for. Throws `call_not_found` (not-found) for any other, so that nobody learns
 * which calls exist elsewhere.
 */
export async function findCall(deps: FindCallDeps, id: string, principal: Principal): Promise<FollowUpCall> {
  const call = await deps.calls.find(id);
  if (call && deps.mayWork(principal, call.departmentCode)) return call;
  throw new DomainError('not-found', 'call_not_found', 'There is no such call among those you work on.');
}
