import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/domain-error.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Principal } from '../shared/principal.ts';
import type { FollowUpCall } from './follow-up-call.ts';
import type { CallListState, CallPosition, CallQuery, FollowUpCallStore } from './follow-up-call.store.ts';

/** What listing needs. */
export interface ListDueCallsDeps {
  readonly calls: Pick<FollowUpCallStore, 'list' | 'count'>;
  readonly visibleDepartments: (principal: Principal) => 'all' | readonly string[];
  /** Whether the service is in trial operation: the worklist shows the calls of the mode in force. */
  readonly isTrial: () => boolean;
  readonly clock: Clock;
  readonly time: HospitalTime;
}

/** What is asked for: a state, one department or all one works for, and where to go on. */
export interface CallListRequest {
  readonly state: CallListState;
  readonly department?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of calls; `nextCursor` is null on the last. */
export interface CallPage {
  readonly calls: readonly FollowUpCall[];
  readonly nextCursor: string | null;
  /** All calls of the request, and those of them (same departments) that are due now. */
  readonly total: number;
  readonly due: number;
}

/** Lists the calls a person may work on. */
export type ListDueCalls = (request: CallListRequest, principal: Principal) => Promise<CallPage>;

/**
 * Calls of the person's departments and of the mode in force, the longest due first, page by page: a call another person has is listed with its
 * claim. A department that is not one's own gives an empty list. Throws `cursor_invalid` (malformed).
 */
export function createListDueCalls(deps: ListDueCallsDeps): ListDueCalls {
  return async (request, principal) => {
    const visible = deps.visibleDepartments(principal);
    const departments = cut(visible, request.department);
    const now = deps.clock.now();
    const query: CallQuery = {
      state: request.state,
      departments,
      trial: deps.isTrial(),
      now,
      today: deps.time.dateOf(now),
    };
    const after = request.cursor === undefined ? null : readCursor(request.cursor);
    const [found, total, due] = await Promise.all([
      deps.calls.list(query, after, request.limit + 1),
      deps.calls.count(query),
      deps.calls.count({ ...query, state: 'due' }),
    ]);
    const calls = found.slice(0, request.limit);
    const last = calls.at(-1);
    return { calls, nextCursor: found.length > calls.length && last ? writeCursor(last) : null, total, due };
  };
}

function cut(visible: 'all' | readonly string[], department: string | undefined): 'all' | readonly string[] {
  if (department === undefined) return visible;
  return visible === 'all' || visible.includes(department) ? [department] : [];
}

function writeCursor({ nextAttemptAt, id }: FollowUpCall): string {
  return `${nextAttemptAt.getTime()}~${id}`;
}

function readCursor(cursor: string): CallPosition {
  const [moment = '', id = ''] = cursor.split('~');
  if (/^\d{1,15}$/.test(moment) && id !== '') return { nextAttemptAt: new Date(Number(moment)), id };
  throw new DomainError('malformed', 'cursor_invalid', 'The cursor is not one this list gave out.');
}
