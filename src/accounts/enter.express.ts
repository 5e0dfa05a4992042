import type { Request, Response } from 'express';
import type { SessionControl } from '../http/session-control.ts';
import type { Clock } from '../shared/clock.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import { addDays } from '../shared/reporting-period.ts';
import { ownerOf } from './account.ts';
import type { Account } from './account.ts';
import type { FindPrincipal } from './find-principal.ts';
import { may } from './policy.ts';
import { rememberOnDevice } from './remembered-names.express.ts';
import { firstPageOf } from './staff-links.ts';

/** What going in by a page needs. */
export interface EnterDeps {
  readonly sessions: Pick<SessionControl, 'begin'>;
  readonly findPrincipal: FindPrincipal;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
}

/** Where somebody goes who has logged in: where they wanted to, else their first page. The worklist, where a change of person leads, is not everybody's. */
async function nextOf(next: string, account: Account, deps: EnterDeps): Promise<string> {
  if (next !== '/worklist' && next !== '/home') return next;
  const principal = await deps.findPrincipal(ownerOf(account));
  if (!principal) return '/home';
  const worklist = next === '/worklist' && may(principal, 'follow-up-call.work');
  return worklist ? next : firstPageOf(principal);
}

/** Begins the session of somebody who has shown who they are, and goes on. */
export async function enter(
  deps: EnterDeps,
  account: Account,
  { next, remember }: { readonly next: string; readonly remember: boolean },
  [request, response]: readonly [Request, Response],
): Promise<void> {
  await deps.sessions.begin(request, response, ownerOf(account));
  if (remember) {
    const now = deps.clock.now();
    const midnight = deps.hospitalTime.momentOf(addDays(deps.hospitalTime.dateOf(now), 1), '00:00');
    rememberOnDevice(request, response, account.username, midnight.getTime() - now.getTime());
  }
  response.redirect(303, await nextOf(next, account, deps));
}
